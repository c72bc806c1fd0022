"""Rooms that vote by phone: who may answer what, and every answer, in a file of their own.

The facilitator's page (`facilitating`) and the server that the phones reach (`answering`) are two
programs. They share the file ``rooms.db`` and nothing else: each sees what the other has committed.
Plain ``sqlite3``, without SQLAlchemy: the server would otherwise carry it for a dozen statements.
"""

from interview_coach.outcomes.rooms.facilitating import Draft, Question, Room, Rooms
from interview_coach.outcomes.rooms.file import RoomsFile, rooms_file

__all__ = ["Draft", "Question", "Room", "Rooms", "RoomsFile", "rooms_file"]
