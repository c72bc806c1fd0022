// Of a pasted link only its end is wanted.
document.querySelector("form").addEventListener("submit", (event) => {
  const field = event.target.elements.password;
  field.value = (field.value.match(/token=([^&#\s]+)/) || [null, field.value.trim()])[1];
});
