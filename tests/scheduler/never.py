"""What never may happen in a year of any town, whatever happens in it: the promises of the annual wheel in sentences.

`tests/scheduler/years.py` lives such years, and notes in a `History` what happened.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from plan.deadline import Kind
from plan.draft import ReportingKind
from plan.workday import OSLO
from scheduler import outage_news
from scheduler.digest import Digest
from scheduler.open_questions import Question
from scheduler.settings import PlanSettings
from scheduler.steps import Step, of_deadline, of_reporting_day
from storage.directory import Directory
from storage.ids import id_of
from storage.outages import Outage
from storage.tables import (
    Absence,
    Escalation,
    Measure,
    Occurrence,
    Reminder,
    ReportingDay,
    ReportingStep,
    StatusRequest,
)
from tests.scheduler.desk import CALENDAR, HOURS, at

DAY = timedelta(days=1)
FIRST_STEP = date(2021, 1, 5)  # the plan comes on the day before


@dataclass
class Counted:
    """One press that counted one more, for the due date `due_id`; `undone_at`: when it was taken back."""

    measure_id: int
    due_id: int
    at: datetime
    undone_at: datetime | None = None

    def stands(self, moment: datetime) -> bool:
        """Whether it was counted at a moment."""
        return self.at < moment and (self.undone_at is None or moment < self.undone_at)


@dataclass(frozen=True)
class Kept:
    """What the office said of a reporting day: on which day it is from then on, and whether it is done."""

    day_id: int
    at: datetime
    due_on: date
    is_done: bool


@dataclass(frozen=True)
class Said:
    """What somebody said of what a measure waits for: whether it has come true, and the day that counts from then."""

    measure_id: int
    at: datetime
    due_on: date | None
    has_come_true: bool


@dataclass
class History:
    """What happened in the year, for the invariants to look at."""

    up: list[date] = field(default_factory=list)
    sent: list[tuple[str, datetime, Digest]] = field(default_factory=list)
    answers: list[tuple[int, int | None, datetime]] = field(default_factory=list)
    """Of each the measure, the unit whose part it is about (None: the whole), and when it was given."""
    reachable: dict[int, bool] = field(default_factory=dict)
    members: dict[int, set[str]] = field(default_factory=dict)
    absences: list[tuple[str, Absence]] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    owners_changed: set[int] = field(default_factory=set)
    requests: dict[int, StatusRequest] = field(default_factory=dict)
    reminders: list[Reminder] = field(default_factory=list)
    escalations: list[Escalation] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    measures: dict[int, Measure] = field(default_factory=dict)
    roles: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    """Of each person whether they are in the office, and whether they are an admin."""
    settings: PlanSettings = field(default_factory=PlanSettings)
    days: dict[int, ReportingDay] = field(default_factory=dict)
    day_steps: list[ReportingStep] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    people: Directory = field(default_factory=lambda: Directory({}, {}))
    beside: dict[int, set[int]] = field(default_factory=dict)
    """The units that have a part in a measure, by measure."""

    def forget(self, since: datetime, until: datetime) -> None:
        """What was said and answered between a backup and its return is unknown: as if nobody had been there."""
        self.up = [day for day in self.up if day <= _local(since)]
        self.sent = [(person, moment, digest) for person, moment, digest in self.sent if moment <= since]
        self.answers = [answer for answer in self.answers if answer[-1] <= since]
        self.kept = [each for each in self.kept if each.at <= since]
        self.counted = [each for each in self.counted if each.at <= since]
        self.said = [each for each in self.said if each.at <= since]
        for each in self.counted:
            if each.undone_at is not None and each.undone_at > since:
                each.undone_at = None
        self.outages = [*(each for each in self.outages if each.until <= since), Outage(since, until, "restored")]

    def last_outage(self, moment: datetime) -> Outage | None:
        """The last outage that was over at a moment."""
        return max((each for each in self.outages if each.until <= moment), key=lambda each: each.until, default=None)

    def next_up(self, day: date, working_days: int = 1) -> date | None:
        """The working day from this one on, of those on which the service is up; None where the year is over."""
        found = [up for up in self.up if up >= day and CALENDAR.is_workday(up)]
        return found[working_days - 1] if len(found) >= working_days else None


def _local(moment: datetime) -> date:
    return moment.astimezone(OSLO).date()


class Never:
    """What never may happen, a sentence each. A method returns the cases in which it did."""

    @staticmethod
    def does_anybody_get_two_daily_messages_on_a_day(history: History) -> list[object]:
        days = [(person, _local(moment)) for person, moment, _digest in history.sent]
        return [day for day in days if days.count(day) > 1]

    @staticmethod
    def is_anybody_written_to_who_is_away(history: History) -> list[object]:
        return [
            (name, moment)
            for name, moment, _digest in history.sent
            for away, absence in history.absences
            if name == away and absence.first_on <= _local(moment) <= absence.last_on
        ]

    @staticmethod
    def is_anybody_back_and_not_welcomed_within_three_working_days_or_twice(history: History) -> list[object]:
        return [
            (name, absence)
            for name, absence in history.absences
            if (day := history.next_up(absence.last_on + DAY, 3)) is not None
            and not any(away == name and other.first_on <= day <= other.last_on for away, other in history.absences)
            and [
                person == name
                and digest.back is not None
                and digest.back.first_on <= absence.last_on <= digest.back.last_on
                for person, moment, digest in history.sent
                if absence.last_on < _local(moment) <= day
            ].count(True)
            != 1
        ]

    @staticmethod
    def is_anything_sent_outside_hours(history: History) -> list[object]:
        return [moment for _person, moment, _digest in history.sent if not HOURS.is_open(moment)]

    @staticmethod
    def is_a_step_taken_twice(history: History) -> list[object]:
        steps = [(reminder.request_id, reminder.step) for reminder in history.reminders]
        return [step for step in steps if steps.count(step) > 1]

    @staticmethod
    def is_a_step_taken_before_its_day(history: History) -> list[object]:
        return [reminder for reminder in history.reminders if reminder.due_on > _local(reminder.at)]

    @staticmethod
    def is_anybody_reminded_of_what_is_answered(history: History) -> list[object]:
        requests = history.requests
        found: list[object] = []
        for reminder in history.reminders:
            request = requests[reminder.request_id]
            if request.closed_because == "answered" and request.closed_at is not None:
                found += [reminder] if reminder.at > request.closed_at else []
        for _person, moment, digest in history.sent:
            for question in (*digest.questions, *digest.escalated, *digest.nobody_joined):
                closed_at = requests[question.request_id].closed_at
                found += [question] if closed_at is not None and closed_at < moment else []
        return found

    @staticmethod
    def does_a_message_ask_the_same_twice(history: History) -> list[object]:
        return [
            (person, moment, question)
            for person, moment, digest in history.sent
            for question in digest.questions
            if [(other.measure_id, other.unit_id if other.part else 0) for other in digest.questions].count(
                (question.measure_id, question.unit_id if question.part else 0)
            )
            > 1
            or (question.part and any(not o.part and o.measure_id == question.measure_id for o in digest.questions))
        ]

    @staticmethod
    def is_anybody_asked_again_about_a_due_date_that_was_answered_when_it_came(history: History) -> list[object]:
        return [
            question
            for measure_id, part_of, answered_at in history.answers
            for _person, moment, digest in history.sent
            for question in digest.questions
            if question.measure_id == measure_id
            and (question.unit_id if question.part else None) == part_of
            and moment > answered_at
            and question.due_on is not None
            and CALENDAR.on_or_before(question.due_on) <= _local(answered_at)
            and not any(
                each.measure_id == measure_id and each.undone_at and each.undone_at > answered_at
                for each in history.counted
            )
        ]

    @staticmethod
    def does_a_level_come_again_or_out_of_order(history: History) -> list[object]:
        reached: dict[int, int] = {}
        found: list[object] = []
        for escalation in history.escalations:
            if escalation.level <= reached.get(escalation.request_id, 0):
                found.append(escalation)
            reached[escalation.request_id] = escalation.level
        return found

    @staticmethod
    def does_anybody_above_hear_of_it_within_two_working_days_of_a_reminder(history: History) -> list[object]:
        found: list[object] = []
        for escalation in history.escalations:
            before = [
                _local(reminder.at)
                for reminder in history.reminders
                if reminder.request_id == escalation.request_id
                and not reminder.step.startswith("escalate")
                and reminder.at < escalation.at
            ]
            if not before or CALENDAR.add(max(before), 2) > _local(escalation.at):
                found.append(escalation)
        return found

    @staticmethod
    def is_a_due_date_not_asked_about_on_the_next_day_the_service_is_up(history: History) -> list[object]:
        return [
            occurrence
            for occurrence in history.occurrences
            if (day := history.next_up(CALENDAR.on_or_before(occurrence.due_on))) is not None
            and history.measures[occurrence.measure_id].owner_id is not None
            and occurrence.measure_id not in history.owners_changed
            and not _is_closed_by(occurrence, day)
            and not _is_taken_back_late(history, occurrence)
            and _stands(history, occurrence, day)
            and not _is_asked_by(history, occurrence, day)
        ]

    @staticmethod
    def is_a_due_date_not_told_within_two_more_working_days_to_who_can_be_reached(history: History) -> list[object]:
        return [
            occurrence
            for occurrence in history.occurrences
            if (day := history.next_up(CALENDAR.on_or_before(occurrence.due_on), 3)) is not None
            and (owner := history.measures[occurrence.measure_id].owner_id) is not None
            and history.reachable[owner]
            and not _is_anybody_away(history, owner, CALENDAR.on_or_before(occurrence.due_on), day)
            and occurrence.measure_id not in history.owners_changed
            and not _is_closed_by(occurrence, day)
            and not _is_taken_back_late(history, occurrence)
            and _stands(history, occurrence, day)
            and not _is_told_by(history, occurrence, day)
        ]

    @staticmethod
    def does_a_part_go_up_a_level(history: History) -> list[object]:
        return [
            escalation
            for escalation in history.escalations
            if (request := history.requests[escalation.request_id]).part and _is_of_one_owner(history, request)
        ]

    @staticmethod
    def is_a_part_reminded_of_twice_after_its_day(history: History) -> list[object]:
        late = [
            reminder.request_id
            for reminder in history.reminders
            if (request := history.requests[reminder.request_id]).part
            and _is_of_one_owner(history, request)
            and _is_after_its_day(reminder)
        ]
        return [request_id for request_id in late if late.count(request_id) > 1]

    @staticmethod
    def does_what_is_said_of_a_part_answer_for_the_whole_or_for_another_part(history: History) -> list[object]:
        given = set(history.answers)
        return [
            request
            for request in history.requests.values()
            if request.closed_because == "answered"
            and _is_of_one_owner(history, request)
            and (request.measure_id, request.unit_id if request.part else None, request.closed_at) not in given
            and not any(
                each.due_id == request.occurrence_id and each.at == request.closed_at for each in history.counted
            )
        ]

    @staticmethod
    def is_a_part_asked_of_whoever_answers_for_the_whole(history: History) -> list[object]:
        return [
            request
            for request in history.requests.values()
            if request.part
            and _is_of_one_owner(history, request)
            and request.unit_id == history.measures[request.measure_id].owner_id
        ]

    @staticmethod
    def is_a_part_not_asked_for_with_the_whole(history: History) -> list[object]:
        asked = {_what_is_asked(request) for request in history.requests.values() if request.part}
        return [
            (request, unit_id)
            for request in history.requests.values()
            if not request.part and _is_of_one_owner(history, request)
            for unit_id in history.beside.get(request.measure_id, ())
            if _has_a_leader_of_its_own(history, unit_id, request.unit_id)
            and (*_what_is_asked(request)[:2], unit_id) not in asked
        ]

    @staticmethod
    def is_a_part_not_told_within_two_more_working_days_to_who_can_be_reached(history: History) -> list[object]:
        return [
            request
            for request in history.requests.values()
            if request.part
            and _is_of_one_owner(history, request)
            and (day := history.next_up(_local(request.opened_at), 3)) is not None
            and (request.closed_at is None or _local(request.closed_at) > day)
            and not _is_anybody_away(history, request.unit_id, _local(request.opened_at), day)
            and not any(
                question.measure_id == request.measure_id
                and (not question.part or question.unit_id == request.unit_id)
                and request.opened_at <= moment
                and _local(moment) <= day
                for _person, moment, digest in history.sent
                for question in digest.questions
            )
        ]

    @staticmethod
    def is_anybody_asked_about_one_that_is_counted_as_done(history: History) -> list[object]:
        return [
            question
            for _person, moment, digest in history.sent
            for question in digest.questions
            if not question.part
            and question.request_id
            and (due_id := history.requests[question.request_id].occurrence_id) is not None
            and any(each.due_id == due_id and each.stands(moment) for each in history.counted)
        ]

    @staticmethod
    def does_a_count_say_more_or_fewer_than_were_done(history: History) -> list[object]:
        return [
            (question, moment)
            for _person, moment, digest in history.sent
            for question in digest.questions
            if question.tally is not None and question.tally.done != _done_by(history, question, moment)
        ]

    @staticmethod
    def is_a_day_that_counts_from_an_event_reminded_of_before_it_has_come_true(history: History) -> list[object]:
        return [
            (due_on, moment)
            for measure_id, due_on, moment in _spoken_of(history)
            if not _counts(history, measure_id, due_on, moment)
        ]

    @staticmethod
    def is_a_day_that_counts_from_an_event_not_reminded_of_once_on_each_of_its_days_after_it_has_come_true(
        history: History,
    ) -> list[object]:
        return [
            (said, step)
            for said in history.said
            if said.due_on is not None and said.measure_id not in history.owners_changed
            for step in of_deadline(said.due_on, history.settings, CALENDAR)
            if not step.escalates
            and step.on > _local(said.at)
            and step.on in history.up
            and not _is_said_otherwise(history, said, step.on)
            and not _is_answered_by(history, said.measure_id, step.on)
            and history.measures[said.measure_id].owner_id is not None
            and _days_reminded(history, said, step) != [step.on]
        ]

    @staticmethod
    def is_a_step_towards_a_reporting_day_taken_twice(history: History) -> list[object]:
        steps = [(step.reporting_day_id, step.due_on, step.step) for step in history.day_steps]
        return [step for step in steps if steps.count(step) > 1]

    @staticmethod
    def is_a_step_towards_a_reporting_day_taken_before_its_day(history: History) -> list[object]:
        return [
            step
            for step in history.day_steps
            if any(
                each.name == step.step and each.on > _local(step.at)
                for each in _steps_towards(history, history.days[step.reporting_day_id], step.due_on)
            )
        ]

    @staticmethod
    def is_a_reporting_day_not_told_within_two_more_working_days_of_a_step_to_whoever_keeps_it(
        history: History,
    ) -> list[object]:
        return [
            (row, step, name)
            for row in history.days.values()
            for step in _steps_towards(history, row, row.due_on)
            if step.on >= max(row.counts_from, FIRST_STEP)
            and (day := history.next_up(step.on, 3)) is not None
            and (row.closed_on is None or row.closed_on > day)
            for name in _keepers(history, row)
            if not _is_away(history, name, step.on, day)
            and not any(
                told.day_id == row.id and told.due_on == row.due_on and step.on <= _local(moment) <= day
                for person, moment, digest in history.sent
                for told in digest.days
                if person == name
            )
        ]

    @staticmethod
    def is_anybody_told_of_a_reporting_day_that_is_done_or_was_moved(history: History) -> list[object]:
        return [
            (person, moment, told)
            for person, moment, digest in history.sent
            for told in digest.days
            if (last := _last_kept(history, told.day_id, moment)) is not None
            and (last.is_done or last.due_on != told.due_on)
        ]

    @staticmethod
    def is_anybody_told_of_a_reporting_day_again_though_no_step_has_come(history: History) -> list[object]:
        return [
            (person, moment, told)
            for person, moment, digest in history.sent
            for told in digest.days
            if not any(
                step.reporting_day_id == told.day_id
                and step.due_on == told.due_on
                and _last_told(history, person, moment, told.day_id, told.due_on) < step.at <= moment
                for step in history.day_steps
            )
        ]

    @staticmethod
    def is_anybody_told_of_a_reporting_day_who_does_not_keep_it(history: History) -> list[object]:
        return [
            (person, moment, told)
            for person, moment, digest in history.sent
            for told in digest.days
            if person not in _keepers(history, history.days[told.day_id])
            and not any(_is_away(history, name, _local(moment), _local(moment)) for name in history.roles)
        ]

    @staticmethod
    def does_anybody_hear_twice_of_an_outage(history: History) -> list[object]:
        heard = [(person, digest.late.until) for person, _moment, digest in history.sent if digest.late]
        return [each for each in heard if heard.count(each) > 1]

    @staticmethod
    def does_anything_come_late_without_saying_so(history: History) -> list[object]:
        return [
            (person, moment)
            for person, moment, digest in history.sent
            if digest.late is None
            and (found := history.last_outage(moment)) is not None
            and _local(moment) - _local(found.until) <= outage_news.STALE  # nobody wonders after that
            and _is_late(history, person, moment, digest, found)
        ]

    @staticmethod
    def is_a_backup_put_back_without_the_next_message_saying_so(history: History) -> list[object]:
        found: list[object] = []
        for each in history.outages:
            first: dict[str, Digest] = {}
            for person, moment, digest in history.sent:
                if each.why == "restored" and each.until <= moment < each.until + 30 * DAY:
                    first.setdefault(person, digest)
            found += [digest for digest in first.values() if not digest.late or digest.late.why != "restored"]
        return found


def _is_late(history: History, person: str, moment: datetime, digest: Digest, found: Outage) -> bool:
    """Whether a message is the first since an outage, and has in it what should have come in one meanwhile."""
    before = [when for name, when, _digest in history.sent if name == person and when < moment]
    if before and max(before) >= found.until:
        return False
    told_on = _local(max(before)) if before else date.min
    first = max(_local(found.since), told_on + DAY)
    last = min(_local(found.until), _local(moment) - DAY)
    asked = {question.request_id for question in digest.questions}
    return any(
        reminder.request_id in asked and first <= reminder.due_on <= last and reminder.at <= moment
        for reminder in history.reminders
    )


def _is_closed_by(occurrence: Occurrence, day: date) -> bool:
    return occurrence.closed_at is not None and _local(occurrence.closed_at) <= day


def _is_taken_back_late(history: History, occurrence: Occurrence) -> bool:
    """Whether it was counted as done until its day had come: it is asked about from the day after that was undone."""
    asked_on = CALENDAR.on_or_before(occurrence.due_on)
    return any(
        each.due_id == occurrence.id and each.undone_at and _local(each.undone_at) >= asked_on
        for each in history.counted
    )


def _is_anybody_away(history: History, unit_id: int, first: date, last: date) -> bool:
    return any(
        name in history.members[unit_id] and absence.first_on <= last and absence.last_on >= first
        for name, absence in history.absences
    )


def _is_asked_by(history: History, occurrence: Occurrence, day: date) -> bool:
    return any(
        reminder.step == "due"
        and history.requests[reminder.request_id].occurrence_id == occurrence.id
        and not history.requests[reminder.request_id].part
        and _local(reminder.at) <= day
        for reminder in history.reminders
    )


def _is_told_by(history: History, occurrence: Occurrence, day: date) -> bool:
    asked_on = CALENDAR.on_or_before(occurrence.due_on)
    return any(
        question.measure_id == occurrence.measure_id and not question.part and asked_on <= _local(moment) <= day
        for _person, moment, digest in history.sent
        for question in digest.questions
    )


def _is_of_one_owner(history: History, request: StatusRequest) -> bool:
    """Whether the measure had the same owner all year: a request may else have been for the whole and for a part."""
    return request.measure_id not in history.owners_changed


def _is_after_its_day(reminder: Reminder) -> bool:
    """Whether a reminder came after the day it is about, as the name of its step tells.

    The day of a step does not: one whose day had passed before anybody could be asked is asked about for the first time
    after it, and the reply-by day of a round moves with the meeting, also after the steps of another.
    """
    return reminder.step.startswith("nag")


def _what_is_asked(request: StatusRequest) -> tuple[int | None, int | None, int]:
    return request.occurrence_id, request.round_id, request.unit_id


def _has_a_leader_of_its_own(history: History, unit_id: int, owner_id: int) -> bool:
    """Whether somebody leads a unit who does not lead the one that answers for the whole."""
    leaders = history.people.leaders
    return bool(set(leaders.get(unit_id, ())) - set(leaders.get(owner_id, ())))


def _done_by(history: History, question: Question, moment: datetime) -> int:
    """How many of a year's due dates of a measure were done at a moment."""
    of_year = {
        id_of(row)
        for row in history.occurrences
        if row.measure_id == question.measure_id and row.due_on.year == question.counted_in
    }
    stands = {row.id for row in history.occurrences if row.done_at is not None and row.done_at < moment}
    taken_back = {each.due_id for each in history.counted if each.undone_at and each.stands(moment)}
    return len(of_year & (stands | taken_back))


def _spoken_of(history: History) -> list[tuple[int, date, datetime]]:
    """Of every reminder and every question about a due date the measure, the due date and when."""
    requests = history.requests
    reminded = [(requests[reminder.request_id], reminder.at) for reminder in history.reminders]
    asked = [
        (requests[question.request_id], moment)
        for _person, moment, digest in history.sent
        for question in (*digest.questions, *digest.escalated, *digest.nobody_joined)
        if question.request_id
    ]
    return [
        (request.measure_id, request.due_on, moment)
        for request, moment in (*reminded, *asked)
        if request.occurrence_id is not None and request.due_on is not None
    ]


def _counts(history: History, measure_id: int, due_on: date, moment: datetime) -> bool:
    """Whether a measure has a due date at a moment: as what was said last counts it, where it waits."""
    if history.measures[measure_id].deadline["kind"] != Kind.CONDITIONAL:
        return True
    last = _last_said(history, measure_id, moment)
    return last is not None and last.due_on == due_on


def _stands(history: History, occurrence: Occurrence, day: date) -> bool:
    """Whether nobody has taken a due date back by the end of a day."""
    return _counts(history, occurrence.measure_id, occurrence.due_on, at(day, 23, 59))


def _last_said(history: History, measure_id: int, moment: datetime) -> Said | None:
    before = [each for each in history.said if each.measure_id == measure_id and each.at < moment]
    return max(before, key=lambda each: each.at, default=None)


def _is_said_otherwise(history: History, said: Said, day: date) -> bool:
    """Whether by the end of a day somebody has said once more whether it has come true."""
    return any(
        each.measure_id == said.measure_id and each.at > said.at and _local(each.at) <= day for each in history.said
    )


def _is_answered_by(history: History, measure_id: int, day: date) -> bool:
    return any(
        measure_id == answered and part_of is None and _local(moment) <= day
        for answered, part_of, moment in history.answers
    )


def _days_reminded(history: History, said: Said, step: Step) -> list[date]:
    """The days on which a step towards the day that counts from what was said has been taken up since."""
    return [
        _local(reminder.at)
        for reminder in history.reminders
        if (request := history.requests[reminder.request_id]).measure_id == said.measure_id
        and not request.part
        and request.occurrence_id is not None
        and request.due_on == said.due_on
        and reminder.step == step.name
        and reminder.at > said.at
    ]


def _steps_towards(history: History, row: ReportingDay, due_on: date) -> tuple[Step, ...]:
    return of_reporting_day(ReportingKind(row.kind), due_on, history.settings, CALENDAR)


def _keepers(history: History, row: ReportingDay) -> list[str]:
    """Who is told of a reporting day, where nobody is away."""
    tell = history.settings.of_kind(ReportingKind(row.kind)).tell
    return [
        name
        for name, (is_office, is_admin) in history.roles.items()
        if (is_office and tell in {"office", "both"}) or (is_admin and tell in {"admin", "both"})
    ]


def _is_away(history: History, person: str, first: date, last: date) -> bool:
    return any(
        person == name and absence.first_on <= last and absence.last_on >= first for name, absence in history.absences
    )


def _last_kept(history: History, day_id: int, moment: datetime) -> Kept | None:
    before = [each for each in history.kept if each.day_id == day_id and each.at < moment]
    return max(before, key=lambda each: each.at, default=None)


def _last_told(history: History, person: str, moment: datetime, day_id: int, due_on: date) -> datetime:
    """When a person was last told of a reporting day, as it lay then."""
    before = [
        when
        for name, when, digest in history.sent
        if name == person and when < moment
        for told in digest.days
        if (told.day_id, told.due_on) == (day_id, due_on)
    ]
    return max(before, default=datetime.min.replace(tzinfo=UTC))


NEVER = [name for name in vars(Never) if not name.startswith("_")]
