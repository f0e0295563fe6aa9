"""What is asked about a product before its profile is written, and what each answer means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """One of the answers: the ``word`` an option takes, and what it means for the product."""

    word: str
    means: str


@dataclass(frozen=True)
class Question:
    """A question with all its answers.

    Attributes:
        name: the option it stands for, without dashes.
        default: the word that most products would answer.
    """

    name: str
    asks: str
    answers: tuple[Answer, ...]
    default: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its answers, in their order."""
        return tuple(one.word for one in self.answers)


QUESTIONS = (
    Question(
        "level",
        "Whose is the connection to Zoom?",
        (
            Answer("organization", "an administrator connects Zoom once, for everybody"),
            Answer("member", "everybody connects their own Zoom user"),
            Answer("both", "both can be connected, and one's own comes first"),
        ),
        "organization",
    ),
    Question(
        "host",
        "Whose Zoom hosts an interview?",
        (
            Answer("scheduler", "whoever schedules it"),
            Answer("first-interviewer", "the first interviewer who has an active Zoom user"),
            Answer("round-robin", "the hosts that an administrator entered, in turn"),
            Answer("authorizer", "whoever authorized the connection, for all interviews"),
            Answer("chosen", "whoever is chosen on the interview; without a choice it is asked for"),
        ),
        "scheduler",
    ),
    Question(
        "link",
        "What makes the meeting, and with it the link?",
        (
            Answer("draft", "the draft, where somebody asks for Zoom; invites wait until they are sent"),
            Answer("save", "saving the interview, where somebody asks for Zoom"),
            Answer("confirm", "confirming its time, where somebody asks for Zoom"),
            Answer("schedule", "scheduling it, by itself, for kinds of interviews held over Zoom"),
        ),
        "confirm",
    ),
    Question(
        "approval",
        "Does a paid Zoom account have to approve the app before people connect?",
        (
            Answer("none", "the product says nothing of it; Zoom itself may"),
            Answer("pre-approval", "it is asked for in the product first, and a Zoom admin approves"),
        ),
        "none",
    ),
    Question(
        "calendar",
        "Are people told by calendar events?",
        (
            Answer("yes", "the link stands in a calendar event, which moves with the interview"),
            Answer("no", "the link is sent by mail"),
        ),
        "yes",
    ),
)
"""In the order they are asked."""
