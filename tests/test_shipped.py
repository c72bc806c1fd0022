"""The files beside the code are found, in a checkout and in a wheel."""

from pathlib import Path

import pytest

from interview_coach import shipped as module
from interview_coach.errors import KitError
from interview_coach.shipped import shipped


def test_a_checkout_has_its_data_at_the_top() -> None:
    assert shipped("data") == Path(module.__file__).resolve().parents[1] / "data"


def test_a_wheel_has_them_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_shipped" / "data").mkdir(parents=True)
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    assert shipped("data") == tmp_path / "_shipped" / "data"


def test_a_folder_beside_an_installed_package_is_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "interview_coach"
    package.mkdir(parents=True)
    (tmp_path / "site-packages" / "data").mkdir()
    monkeypatch.setattr(module, "_PACKAGE", package)
    with pytest.raises(KitError) as caught:
        shipped("data")
    assert str(caught.value) == (
        "This installation of Interview Coach holds no 'data'; install it again, from a wheel or "
        "from a full checkout."
    )
