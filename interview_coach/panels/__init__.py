"""Views, one a notebook: what a coach or a client sees and presses.

A panel holds no rule, no number and no SQL. It shows a traitlets model and hands actions to the
parts that know; `interview_coach.panels.kit` is what all panels are built from.
"""
