"""Run the report notebook and write what it shows as one HTML file."""

import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.outcomes.address import without_password
from interview_coach.reports.section import Section, paragraph, stylesheet
from interview_coach.shipped import shipped

__all__ = ["keep_report", "make_report"]

Progress = Callable[[int, int, str], None]

_NOTEBOOK = "06_outcome_report.ipynb"
_FILE = "outcome_report.html"
# A cell of prose or a button that belongs to the notebook and not into the file.
_NOT_IN_FILE = "notebook-only"
_HERE = Path(__file__).resolve().parent


def make_report(
    out: str | os.PathLike[str],
    *,
    log: str | os.PathLike[str] | None = None,
    title: str | None = None,
    group: str = "cohort",
    start: str | None = None,
    end: str | None = None,
    notebook: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Make the outcome report: one HTML file without code, that asks for nothing outside itself.

    Parameters
    ----------
    out : str or path
        The folder to write ``outcome_report.html`` to; made if it is not there. An earlier report
        there is replaced, at the end and in one step.
    log : str or path, optional
        The log, as a file or a URL. Left out: ``outcomes.db`` in the current folder, or else the
        synthetic sample.
    title : str, optional
        Stands above the finding.
    group : str
        What to compare by: a column of the log, or `month`, `quarter`, `week`.
    start, end : str, optional
        First and last day (2026-01-31), in each client's own time zone.
    notebook : str or path, optional
        The coach's own copy of the notebook, instead of the kit's.
    progress : callable, optional
        Called with cells done, cells in all, and words on what is going on.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    KitError
        If something given is wrong, the notebook fails, or the file cannot be written. No file is
        then written, and an earlier one stays.
    """
    said = progress or (lambda done, of, words: None)
    folder = _writable(Path(out))
    given: dict[str, Any] = {
        "log": without_password(log or "", "The report's notebook"),
        "title": title,
        "group": group,
        "start": start,
        "end": end,
        "out": "",
    }
    source = Path(notebook) if notebook is not None else shipped("notebooks") / _NOTEBOOK
    said(0, 1, "Starting")
    # What was run holds clients' figures: it never lies beside the notebooks, and goes away again.
    with tempfile.TemporaryDirectory(prefix="interview-coach-") as scratch, _quiet_jupyter():
        executed = _run(
            source,
            Path(scratch) / "executed.ipynb",
            {name: value for name, value in given.items() if value is not None},
            said,
        )
        page = _page(executed, title or "Outcome report")
    target = folder / _FILE
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, prefix=".report-", suffix=".html", delete=False
        ) as unfinished:
            unfinished.write(page)
        # A temporary file is for its owner alone; a report is as readable as any other file.
        Path(unfinished.name).chmod(0o666 & ~_umask())
        Path(unfinished.name).replace(target)
    except OSError as error:
        raise KitError(_cannot_write(folder, error)) from error
    said(1, 1, "Done")
    return target


def keep_report(out: str, **given: Any) -> Section:
    """Write the report from within its notebook, and say where it is.

    Parameters
    ----------
    out : str
        The folder; empty writes nothing, and says how to.
    **given : Any
        As for `make_report`.
    """
    if not out.strip():
        return Section(
            "Keep this report as a file",
            paragraph(
                "Give a folder as 'out' above and run this page again, or type in a terminal: "
                "interview-coach report --out FOLDER. The file opens in any browser; look at it "
                "before you share it."
            ),
        )
    from tqdm.auto import tqdm

    with tqdm(total=1, desc="Writing the report") as bar:

        def show(done: int, of: int, words: str) -> None:
            bar.total, bar.n = of, done
            bar.set_postfix_str(words)

        path = make_report(out, **given, progress=show)
    return Section("The report is ready", paragraph(f"It is in {path.resolve()}."))


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Tried before the work, not after it.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise KitError(_cannot_write(folder, error)) from error
    return folder


def _cannot_write(folder: Path, error: OSError) -> str:
    why = error.strerror or type(error).__name__
    return f"The report cannot be written to '{folder}' ({why}); choose a folder that you may write to."


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _run(source: Path, target: Path, parameters: dict[str, Any], said: Progress) -> Any:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    if not source.is_file():
        raise KitError(f"There is no report notebook {source}; take a fresh copy of the kit's own.")
    # papermill only warns about a name that the notebook does not know, and goes on without it.
    known = papermill.inspect_notebook(str(source))
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise KitError(
            f"The notebook {source.name} has no parameter '{unknown[0]}'; its parameters cell "
            f"must set {', '.join(sorted(parameters))}."
        )
    try:
        return papermill.execute_notebook(
            str(source),
            str(target),
            parameters,
            engine_name=_engine(said),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=str(Path.cwd()),
            kernel_manager_class=_this_python(),
            request_save_on_cell_execute=False,
        )
    except PapermillExecutionError as error:
        if error.ename in _kit_errors():
            # What a person can put right keeps its own sentence.
            raise KitError(error.evalue) from error
        raise KitError(
            f"The report notebook failed in its cell {error.cell_index + 1}: {error.ename}: "
            f"{error.evalue}. If you changed the notebook, take a fresh copy of it."
        ) from error
    except RuntimeError as error:
        raise KitError(f"The report's Python could not be started or died: {error}.") from error


def _kit_errors() -> set[str]:
    names, waiting = set(), [KitError]
    while waiting:
        kind = waiting.pop()
        names.add(kind.__name__)
        waiting += kind.__subclasses__()
    # Those of the log are told there, in the notebook's own process.
    return names | {"EntryError", "MappingError"}


def _engine(said: Progress) -> str:
    """Register an engine that tells how far it is; papermill finds engines by name."""
    from papermill.engines import NBClientEngine, papermill_engines

    class Telling(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
            cells, complete, done = len(nb_man.nb.cells), nb_man.cell_complete, 0

            def tell(cell: Any, cell_index: int | None = None, **more: Any) -> None:
                nonlocal done
                complete(cell, cell_index=cell_index, **more)
                done += 1
                said(done, cells + 1, "Counting and drawing")

            nb_man.cell_complete = tell
            return super().execute_managed_notebook(nb_man, kernel_name, **options)

    papermill_engines.register("interview-coach", Telling)
    return "interview-coach"


@cache
def _this_python() -> type:
    """Make a kernel manager that starts the Python we run in.

    A kernel named "python3" may be missing, or a user's own may lead to a Python without the kit.
    """
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.paths import jupyter_runtime_dir

    class ThisPython(AsyncKernelManager):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            # Through files of our own rather than through ports, as what passes between us and the
            # kernel is clients' data; but Windows has no such files, and the systems that have
            # them allow their names some hundred characters.
            if os.name != "nt" and len(jupyter_runtime_dir()) < 50:
                options["transport"] = "ipc"
            super().__init__(**options)

        @property
        def kernel_spec(self) -> Any:
            return KernelSpec(
                argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                display_name="Interview Coach",
                language="python",
            )

    return ThisPython


def _page(executed: Any, title: str) -> str:
    """Turn the executed notebook into the page, by the kit's own nbconvert template."""
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    for cell in executed.cells:
        # What libraries print (a font cache being built) is no part of a report.
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.output_type != "stream"]
            for output in cell.outputs:
                # The page has the stylesheet in its head already.
                shown = output.get("data", {})
                if "text/html" in shown:
                    shown["text/html"] = shown["text/html"].replace(
                        f"<style>{stylesheet()}</style>", ""
                    )
    executed.metadata["title"] = title
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = (_NOT_IN_FILE,)
    exporter = HTMLExporter(
        config=config,
        template_name="report",
        extra_template_basedirs=[str(_HERE / "templates")],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        require_js_url="",
        mathjax_url="",
        mermaid_js_url="",
        jquery_url="",
    )
    body, _ = exporter.from_notebook_node(executed, resources={"stylesheet": stylesheet()})
    return str(body)


@contextmanager
def _quiet_jupyter() -> Iterator[None]:
    """Keep quiet about what Jupyter's own libraries will have to change one day."""
    with warnings.catch_warnings():
        for origin in (
            "jupyter_client",
            "jupyter_core",
            "nbclient",
            "nbconvert",
            "papermill",
            "zmq",
        ):
            for kind in (DeprecationWarning, FutureWarning, PendingDeprecationWarning):
                warnings.filterwarnings("ignore", category=kind, module=rf"{origin}(\.|$)")
        yield
