"""Running the report's notebook in a Python of its own, and taking its page from what it shows."""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _, speaking
from interview_coach.reports.pieces import stylesheet
from interview_coach.reports.question import Question
from interview_coach.writing import PASSING

__all__ = ["TEMPLATES", "Progress", "page_by_notebook"]

Progress = Callable[[int, int, str], None]

TEMPLATES = Path(__file__).resolve().parent / "templates"
# A cell of prose or a button that belongs to the notebook and not into the file.
_NOT_IN_FILE = "notebook-only"


def page_by_notebook(source: Path, question: Question, said: Progress) -> str:
    """Run a notebook with the parameters of a question, and give the page that it shows.

    Raises
    ------
    KitError
        If there is no such notebook, it lacks a parameter, or it fails.
    """
    # What was run holds clients' figures: it never lies beside the notebooks, and goes away again.
    with tempfile.TemporaryDirectory(prefix=PASSING) as scratch, _quiet_jupyter():
        executed = _run(
            source, Path(scratch) / "executed.ipynb", question.given() | {"out": ""}, said
        )
        return _page(executed, question)


def _run(source: Path, target: Path, parameters: dict[str, Any], said: Progress) -> Any:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    if not source.is_file():
        raise KitError(
            _("There is no report notebook {source}; take a fresh copy of the kit's own.").format(
                source=source
            )
        )
    # papermill only warns about a name that the notebook does not know, and goes on without it.
    known = papermill.inspect_notebook(str(source))
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise KitError(
            _(
                "The notebook {name} has no parameter '{unknown}'; its parameters cell must set "
                "{known}."
            ).format(name=source.name, unknown=unknown[0], known=", ".join(sorted(parameters)))
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
            _(
                "The report notebook failed in its cell {n}: {ename}: {evalue}. If you changed "
                "the notebook, take a fresh copy of it."
            ).format(n=error.cell_index + 1, ename=error.ename, evalue=error.evalue)
        ) from error
    except RuntimeError as error:
        raise KitError(
            _("The report's Python could not be started or died: {error}.").format(error=error)
        ) from error


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
                said(done, cells + 1, _("Counting and drawing"))

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

        def start_kernel(self, **options: Any) -> Any:
            # What it says outside its cells (that it was stopped, say) is for no terminal and no file.
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            return super().start_kernel(**options, **quiet)

        @property
        def kernel_spec(self) -> Any:
            return KernelSpec(
                argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                display_name="Interview Coach",
                language="python",
            )

    return ThisPython


def _page(executed: Any, question: Question) -> str:
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
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = (_NOT_IN_FILE,)
    exporter = HTMLExporter(
        config=config,
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        require_js_url="",
        mathjax_url="",
        mermaid_js_url="",
        jquery_url="",
    )
    with speaking(question.language):
        resources = {
            "stylesheet": stylesheet(),
            "title": question.heading,
            "language": question.language,
            "failed": _("A part of the report failed and is left out."),
            "picture": _("A picture added to the report."),
        }
    body, _resources = exporter.from_notebook_node(executed, resources=resources)
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
