from tests.approvals.conftest import World
from casework.models import Document
from approvals.models import Licence

def test_whole(world: World) -> None:
    case = world.file()
    world.take(case, "accept", world.officer, "2026-03-03T10:00")
    world.take(case, "assign_verification", world.section_head, "2026-03-03T11:00", officers=[str(world.officer.pk), str(world.second.pk)], verify_on="2026-03-05")
    world.take(case, "record_verification", world.officer, "2026-03-05T15:00", signed_by=[str(world.officer.pk), str(world.second.pk)], verified_on="2026-03-05", place="示例街", findings="现场一致", conclusion="fits")
    world.take(case, "grant", world.head, "2026-03-06T10:00", reasons="符合条件", valid_from="2026-03-06")
    world.take(case, "deliver", world.officer, "2026-03-09T10:00", method="direct", recipient="王示例", served_on="2026-03-09")
    for d in Document.objects.filter(kind="paper").order_by("id"):
