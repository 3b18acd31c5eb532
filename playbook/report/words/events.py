"""What a type of event is called, for pictures, questions and pages: the words that the advice uses."""

from playbook.advice.grounds import event_words

__all__ = ["event_words"]
