"""What a person does on a desk, one call each, with the act that it takes. The tests let every role try every one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cpdesk.analysis.progress import Period
from cpdesk.store import Desk
from cpdesk.tasks import (
    attachments,
    backups,
    batch,
    binned,
    bringing_back,
    carry,
    exchange,
    figures,
    forms,
    helping,
    joining,
    keys,
    live,
    matrix,
    meetings,
    officers,
    personal,
    points,
    records,
    renewing,
    tables,
    versions,
)
from cpdesk.tasks import desk as desks
from cpdesk.tasks.papers import Choices
from cpdesk.tasks.paperwork import emblem, own, register, samples, series, standing, templates
from cpdesk.tasks.progress import writing as progress
from cpdesk.tasks.roles import Act
from cpdesk.tasks.tables import targets
from cpdesk.tasks.undo import Undo
from tests.tasks.roles_world import DAY, OTHER, World

Run = Callable[[Desk, World], object]
Made = TypeVar("Made", bound=Run)


@dataclass(frozen=True)
class Case:
    """`writes`: the desk is not the same after it. `whole`: here it can be done to its end by who may."""

    act: Act
    name: str
    run: Run
    writes: bool = True
    whole: bool = True


CASES: list[Case] = []


def case(act: Act, *, writes: bool = True, whole: bool = True) -> Callable[[Made], Made]:
    def keep(run: Made) -> Made:
        CASES.append(Case(act, run.__name__.strip("_"), run, writes, whole))
        return run

    return keep


# --- reading ----------------------------------------------------------------------------------------------------------
@case(Act.READ, writes=False)
def look_at_a_paper(desk: Desk, w: World) -> None:
    assert forms.preview(desk, "agenda", w.ids["meeting"]).startswith(b"%PDF")


@case(Act.READ, writes=False)
def look_at_a_sample(desk: Desk, _w: World) -> None:
    assert samples.sample(desk, "invitation", rank="superior").documents


@case(Act.READ, writes=False)
def print_a_list(desk: Desk, w: World) -> None:
    assert forms.print_form(desk, "list", "person", w.folder / "list.pdf").pages


@case(Act.READ, writes=False)
def look_into_a_package(desk: Desk, w: World) -> None:
    assert exchange.inspect(desk, w.files["waiting"]).status == "merged"


@case(Act.READ, writes=False)
def try_a_merge(desk: Desk, w: World) -> None:
    (merged,) = exchange.merge(desk, [w.files["waiting"]], dry_run=True)
    assert merged.status == "merged"


@case(Act.READ, writes=False)
def look_at_an_undo(desk: Desk, w: World) -> None:
    assert exchange.can_undo(desk, w.ids["can be taken back"]).possible


@case(Act.READ, writes=False)
def carry_a_card(desk: Desk, w: World) -> None:
    exchange.write_card(desk, w.folder / "own.cpcard")


@case(Act.READ)
def back_up_by_hand(desk: Desk, w: World) -> None:
    assert backups.by_hand(desk, desk.path.with_suffix(".cpbackup")).records


@case(Act.READ, writes=False)
def look_at_a_table(desk: Desk, w: World) -> None:
    assert a_table(desk, w).drafts


def a_table(desk: Desk, w: World) -> tables.Preview:
    file = w.folder / "people.csv"
    file.write_text("name_km\nឃឹម សុខា\n", "utf-8")
    target = targets.of("person")
    return targets.preview(desk, target, targets.best_sheet(desk, target, tables.read(file)))


# --- writing ----------------------------------------------------------------------------------------------------------
@case(Act.DRAFT)
def make_a_record(desk: Desk, _w: World) -> None:
    records.save(desk, "body", {"name_km": "ថ្មី"})


@case(Act.DRAFT)
def write_in_a_record(desk: Desk, w: World) -> None:
    records.save(desk, "meeting", {"venue": "សាលា"}, w.ids["meeting"])


@case(Act.DRAFT)
def write_many(desk: Desk, _w: World) -> None:
    records.save_many(desk, [("body", {"name_km": "ថ្មី"}, None)])


@case(Act.DRAFT)
def put_lines(desk: Desk, _w: World) -> None:
    batch.put_lines(desk, "body", [json.dumps({"name_km": "ថ្មី"}).encode()])


@case(Act.DRAFT)
def import_a_table(desk: Desk, w: World) -> None:
    tables.take(Undo(desk), a_table(desk, w))


@case(Act.DRAFT)
def put_into_the_bin(desk: Desk, w: World) -> None:
    records.delete(desk, w.ids["body"])


@case(Act.DRAFT)
def bring_back_a_record(desk: Desk, w: World) -> None:
    records.undelete(desk, w.ids["binned"])


@case(Act.DRAFT)
def bring_back_from_the_bin(desk: Desk, w: World) -> None:
    binned.bring_back(Undo(desk), [w.ids["binned"]])


@case(Act.DRAFT)
def move_a_part(desk: Desk, w: World) -> None:
    records.move(desk, w.ids["item"], w.ids["second item"])


@case(Act.DRAFT)
def move_through_undo(desk: Desk, w: World) -> None:
    Undo(desk).move(w.ids["item"], w.ids["second item"])


@case(Act.DRAFT)
def rank_priorities(desk: Desk, w: World) -> None:
    ranked = [w.ids[f"draft priority {n}"] for n in (1, 2)]
    assert points.move(Undo(desk), ranked, ranked[0], 1)


@case(Act.DRAFT)
def write_in_the_matrix(desk: Desk, w: World) -> None:
    done = matrix.write(Undo(desk), w.ids["draft"], [(w.ids["draft activity"], "text", "សកម្មភាពថ្មី")])
    assert not done.refused


@case(Act.DRAFT)
def begin_the_next_plan(desk: Desk, w: World) -> None:
    carry.carry_over(desk, w.ids["approved"], title="បន្ទាប់", first_year=2026, last_year=2028)


@case(Act.DRAFT)
def begin_the_next_version(desk: Desk, w: World) -> None:
    versions.next_version(desk, w.ids["approved"])


@case(Act.DRAFT)
def report_progress(desk: Desk, w: World) -> None:
    progress.put_report(Undo(desk), w.ids["draft activity"], Period(2023, 1), {"status": "done"})


@case(Act.DRAFT)
def invite_somebody(desk: Desk, w: World) -> None:
    meetings.add_attendee(desk, w.ids["meeting"], person=w.ids["chair"])


@case(Act.DRAFT)
def type_in_a_meeting(desk: Desk, w: World) -> None:
    live.keep(desk, w.ids["meeting"], live.Note(text="ពាក់កណ្តាល"))


@case(Act.DRAFT)
def attach_a_file(desk: Desk, w: World) -> None:
    attachments.attach(desk, w.ids["meeting"], w.files["scan"])


@case(Act.DRAFT)
def take_a_file_in(desk: Desk, w: World) -> None:
    attachments.keep(desk, w.files["scan"])


@case(Act.DRAFT, writes=False)
def tidy_files(desk: Desk, _w: World) -> None:
    attachments.tidy(desk)


@case(Act.DRAFT)
def put_the_starter_measures(desk: Desk, _w: World) -> None:
    figures.start_measures(desk)


@case(Act.DRAFT)
def type_a_figure(desk: Desk, w: World) -> None:
    figures.write(desk, [(w.ids["measure"], "080101", 2022, "all", "all", "all", "42")])


@case(Act.DRAFT)
def change_a_line_of_a_paper(desk: Desk, w: World) -> None:
    own.put(desk, "agenda", w.ids["meeting"], "title", "របៀបវារៈ")


@case(Act.DRAFT)
def change_a_template(desk: Desk, _w: World) -> None:
    templates.put_paper(desk, "invitation", {"numbered": False})


@case(Act.DRAFT)
def change_the_words_of_papers(desk: Desk, _w: World) -> None:
    templates.put_phrase(desk, next(iter(templates.SHIPPED)), "ពាក្យផ្សេង")


@case(Act.DRAFT)
def change_a_register(desk: Desk, _w: World) -> None:
    series.put_series(desk, "letters", {"first": 7})


@case(Act.DRAFT)
def change_what_stands_on_papers(desk: Desk, _w: World) -> None:
    standing.put(desk, standing.paper(desk, "invitation"), {"numbered": False})


@case(Act.DRAFT)
def change_the_emblem(desk: Desk, w: World) -> None:
    emblem.put(desk, w.files["picture"])


@case(Act.DRAFT)
def take_a_letter_number(desk: Desk, w: World) -> None:
    register.reserve(desk, "invitation", w.ids["meeting"], day=date(2022, 9, 1), subject="អញ្ជើញ")


@case(Act.DRAFT)
def give_out_a_public_copy(desk: Desk, w: World) -> None:
    forms.print_form(
        desk, "vulnerability_profile", "0801", w.folder / "public.pdf", Choices(public=True, period="2022")
    )


# --- plans ------------------------------------------------------------------------------------------------------------
@case(Act.SUBMIT)
def hand_a_plan_over(desk: Desk, w: World) -> None:
    versions.submit(desk, w.ids["draft"])


@case(Act.SUBMIT)
def take_back_what_one_handed_over(desk: Desk, w: World) -> None:
    versions.send_back(desk, w.ids["handed over"])


@case(Act.APPROVE)
def send_a_plan_back(desk: Desk, w: World) -> None:
    versions.send_back(desk, w.ids["in review"])


@case(Act.APPROVE)
def approve_a_plan(desk: Desk, w: World) -> None:
    versions.approve(desk, w.ids["in review"], w.ids["chair"], DAY)


@case(Act.APPROVE)
def close_a_plan(desk: Desk, w: World) -> None:
    versions.close(Undo(desk), w.ids["approved"])


# --- other offices ----------------------------------------------------------------------------------------------------
@case(Act.EXPORT)
def write_a_package(desk: Desk, w: World) -> None:
    exchange.export(desk, desk.path.with_suffix(".cpsync"), "0801")


@case(Act.EXPORT)
def write_a_whole_package(desk: Desk, w: World) -> None:
    exchange.export(desk, desk.path.with_suffix(".cpsync"), "0801", everything=True)


@case(Act.MERGE)
def merge_packages(desk: Desk, w: World) -> None:
    merged = exchange.merge(desk, [w.files["waiting"], w.files["also waiting"]])
    assert [one.status for one in merged] == ["merged", "merged"]


@case(Act.MERGE)
def settle_a_difference(desk: Desk, w: World) -> None:
    exchange.resolve(desk, w.ids["differing"], "subject", "ពាក្យរួម", "ហេតុផល")


@case(Act.MERGE)
def settle_many_differences(desk: Desk, w: World) -> None:
    assert exchange.resolve_many(desk, [(w.ids["differing"], field) for field in ("subject", "venue")], "ours").done


@case(Act.MERGE)
def join_two_people(desk: Desk, w: World) -> None:
    joining.join(desk, w.ids["chair"], w.ids["double"], {"name_km": "ប៉ែន វណ្ណា"})


@case(Act.MERGE, writes=False)
def lead_references_on(desk: Desk, _w: World) -> None:
    joining.lead_on(desk)


@case(Act.MERGE)
def take_an_import_back(desk: Desk, w: World) -> None:
    exchange.undo_import(desk, w.ids["can be taken back"], "ហេតុផល")


@case(Act.MERGE)
def take_an_import_in_again(desk: Desk, w: World) -> None:
    exchange.redo_import(desk, w.ids["is taken back"], "ហេតុផល")


# --- officers and keys ------------------------------------------------------------------------------------------------
@case(Act.KEYS)
def take_the_card_of_the_office_above(desk: Desk, w: World) -> None:
    exchange.join(desk, w.files["00"])


@case(Act.KEYS)
def accept_an_office(desk: Desk, w: World) -> None:
    exchange.enrol(desk, w.files["0802"])


@case(Act.KEYS)
def withdraw_an_office(desk: Desk, _w: World) -> None:
    exchange.revoke(desk, "0801")


@case(Act.KEYS)
def rename_oneself(desk: Desk, w: World) -> None:
    desks.set_officer(desk, "ឈ្មោះថ្មី")
    assert officers.get(desk, w.ids["me"]).name == desk.officer == "ឈ្មោះថ្មី"


@case(Act.KEYS, writes=False)
def bring_back_a_backup(desk: Desk, _w: World) -> None:
    assert bringing_back.over(desk) == desk.path


@case(Act.KEYS)
def enter_an_officer(desk: Desk, _w: World) -> None:
    officers.add(desk, "មន្ត្រីថ្មី", ["reader"], OTHER)


@case(Act.KEYS)
def change_the_roles_of_others(desk: Desk, w: World) -> None:
    officers.change(desk, w.ids["writer"], roles=["officer", "keeper"])


@case(Act.KEYS)
def change_ones_own_roles(desk: Desk, w: World) -> None:
    officers.change(desk, w.ids["me"], roles=["officer", "head", "merger", "reader", "keeper"])


@case(Act.KEYS, whole=False)
def let_an_officer_leave(desk: Desk, w: World) -> None:
    officers.leave(desk, w.ids["writer"])


@case(Act.KEYS)
def reset_a_password(desk: Desk, w: World) -> None:
    officers.reset(desk, w.ids["writer"], OTHER)


@case(Act.KEYS)
def let_an_officer_come_back(desk: Desk, w: World) -> None:
    officers.come_back(desk, w.ids["writer"], OTHER)


@case(Act.KEYS, writes=False)
def write_a_desk_under_another_key(desk: Desk, _w: World) -> None:
    renewing.drop(renewing.prepare(desk, OTHER).file)


@case(Act.KEYS)
def make_a_new_code(desk: Desk, _w: World) -> None:
    keys.new_code(desk)


@case(Act.KEYS, whole=False)
def leave_the_desk_open(desk: Desk, _w: World) -> None:
    keys.leave_open(desk, OTHER)


@case(Act.KEYS, whole=False)
def help_an_office(desk: Desk, w: World) -> None:
    helping.answer(desk, w.files["waiting"], w.folder / "answer.cplock")


@case(Act.KEYS)
def remove_a_person(desk: Desk, w: World) -> None:
    personal.remove(desk, w.ids["double"])
