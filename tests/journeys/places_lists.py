"""Places of the organs, purchases and communities, and of who begins a change: a further file of places.py."""

from __future__ import annotations

from tests.journeys.places import Place, search_nothing, send

LISTS: tuple[Place, ...] = (
    Place("powerlist:organs", "", "/organs/"),
    Place("powerlist:organs", "", "/organs/?on=2018-06-01"),
    Place("powerlist:organs", "", "/organs/", search_nothing),
    Place("powerlist:organ-chart", "", "/organs/map/"),
    Place("powerlist:organ", "", "/organs/110101001/"),
    Place("powerlist:organ", "", "/organs/DC-FZB/"),
    Place("powerlist:organ-powers", "", "/organs/DC-SCJ/powers/"),
    Place("powerlist:organ-powers", "", "/organs/DC-FZB/powers/"),
    Place("powerlist:purchases", "", "/purchases/"),
    Place("powerlist:catalogue", "", "/purchases/versions/1/"),
    Place("powerlist:projects", "", "/purchases/projects/"),
    Place("powerlist:projects", "", "/purchases/projects/", search_nothing),
    Place("powerlist:transfers", "", "/transfers/"),
    Place("powerlist:communities", "", "/communities/"),
    Place("powerlist:activities", "", "/activities/"),
    Place("powerlist:activities", "", "/activities/", search_nothing),
    Place("powerlist:past-activities", "", "/activities/past/"),
    Place("powerlist:activity", "", "/activities/{activity}/"),
    Place("powerlist:new", "scj-head", "/desk/powers/new/"),
    Place("powerlist:new", "scj-head", "/desk/powers/new/?q=食品"),
    Place("powerlist:new", "legal-office", "/desk/powers/new/?q=没有这样的权力"),
    Place("powerlist:new", "scj-head", "/desk/powers/new/", send, 422),
    Place("powerlist:new", "training", "/desk/powers/new/"),
    Place("powerlist:new", "training", "/desk/powers/new/?seat={lent_seat}&q=许可"),
    Place("powerlist:import", "training", "/desk/powers/import/"),
)
