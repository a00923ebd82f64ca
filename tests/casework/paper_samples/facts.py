"""Invented facts that the samples share: no person, number or place in them is real."""

import base64
import struct
import zlib
from datetime import date, datetime

ORGAN = "北京市东城区市场监督管理局"
COMPANY = "示例（北京）餐饮管理有限公司东四北大街分公司"
ADDRESS = "北京市东城区东四北大街示例胡同0号院1号楼1层101、102、103"
ITEM = "食品经营许可（餐饮服务经营者）"
OFFICERS = [
    {"name": "张示例", "certificate": "示010100001"},
    {"name": "王㛃", "certificate": "示010100002"},
]
MATERIALS = [
    {"name": "食品经营许可证申请书", "form": "原件", "copies": 1, "source": "申请人"},
    {"name": "营业执照（电子证照，通过共享取得）", "form": "电子", "copies": 1, "source": "政务信息共享"},
    {"name": "与食品经营相适应的主要设备设施布局、操作流程等文件", "form": "复印件", "copies": 1, "source": "申请人"},
    {
        "name": "食品安全自查、从业人员健康管理、进货查验记录、食品安全事故处置等保证食品安全的规章制度",
        "form": "复印件",
        "copies": 1,
        "source": "申请人",
    },
]
HANDED_IN = [{key: each[key] for key in ("name", "form", "copies")} for each in MATERIALS]
PARTY = [
    [
        ("申请人", COMPANY),
        ("统一社会信用代码", "91110101MA00000000"),
        ("住所", ADDRESS),
        ("负责人", "李𬀩"),
    ]
]
BASIS = (
    "《中华人民共和国行政许可法》第三十八条第一款、《中华人民共和国食品安全法》第三十五条、"
    "《食品经营许可和备案管理办法》第二十条"
)
LICENCE = "《食品经营许可证》（编号：JY21101010000000，经营项目：热食类食品制售、冷食类食品制售）"


DECIDED = {
    "parties": PARTY,
    "received_on": date(2026, 11, 2),
    "accepted_on": date(2026, 11, 4),
    "findings": ["本机关指派两名工作人员于2026年11月9日对经营场所进行了现场核查，核查结论为符合"],
    "contact": {"person": "示例窗口", "phone": "010-00000000", "address": "北京市东城区示例街1号区政务服务中心2层"},
}
RECORD = {
    "started_at": datetime(2026, 11, 9, 9, 30),
    "ended_at": datetime(2026, 11, 9, 10, 45),
    "place": ADDRESS,
    "witness": "李𬀩（负责人）",
}
SIGNED = [
    {"role": "被核查人", "name": "李𬀩", "on": date(2026, 11, 9)},
    {"role": "核查人员", "name": "张示例", "certificate": "示010100001", "on": date(2026, 11, 9)},
    {"role": "核查人员", "name": "王㛃", "certificate": "示010100002", "on": date(2026, 11, 9)},
]


def photograph(red: int, green: int, blue: int) -> str:
    """A plain picture of 160 by 120 points as an address."""
    line = b"\0" + bytes((red, green, blue)) * 160

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 160, 120, 8, 2, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(line * 120)) + chunk(b"IEND", b"")
    )
    return "data:image/png;base64," + base64.b64encode(png).decode()
