// A clock that ticks in the browser: a tick every so many seconds while it runs and the page is seen.
// It draws nothing. Nobody loses time to a hidden tab, and a closed page ticks no more.
export default {
  render({ model }) {
    let timer = null;
    const set = () => {
      clearInterval(timer);
      timer = null;
      if (!model.get("running")) return;
      timer = setInterval(() => {
        if (document.hidden) return;
        model.set("ticks", model.get("ticks") + 1);
        model.save_changes();
      }, model.get("seconds") * 1000);
    };
    model.on("change:running", set);
    model.on("change:seconds", set);
    set();
    return () => {
      clearInterval(timer);
      model.off("change:running", set);
      model.off("change:seconds", set);
    };
  },
};
