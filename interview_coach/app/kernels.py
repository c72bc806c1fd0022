"""The kernel is the Python that runs the kit, whatever else is installed on the machine."""

from typing import Any

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

__all__ = ["OwnKernel"]

_NAME = "python3"  # what the notebooks ask for


class OwnKernel(KernelSpecManager):
    """A list of one kernel: this Python.

    A kernelspec on the machine may be absent, or belong to another Python that has no kit in it;
    both ended in "No module named interview_coach" on the page. So none of them is looked at.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Give the only kernel's name and its folder."""
        return {_NAME: str(RESOURCES)}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give the only kernel; any other name is refused."""
        if kernel_name != _NAME:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(resource_dir=str(RESOURCES), **_spec())

    def get_all_specs(self) -> dict[str, Any]:
        """Give the only kernel as the servers list it."""
        return {_NAME: {"resource_dir": str(RESOURCES), "spec": _spec()}}


def _spec() -> dict[str, Any]:
    # Its warnings are about sockets between processes of this computer: nothing a coach can act on.
    return {**get_kernel_dict(["--log-level=ERROR"]), "display_name": "Interview Coach"}
