"""``python -m interview_coach.cli``: the same program where its command is not on the path."""

from interview_coach.cli import main

raise SystemExit(main())
