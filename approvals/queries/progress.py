"""What the state of an application means to somebody who waits for it."""

NEXT = {
    "filed": "承办单位正在核对材料，将告知是否受理或者一次告知需要补正的全部内容。",
    "awaiting_correction": "请按照补正告知书补正材料。登录后在“我的办件”中上传，或者持收件凭证到政务服务网点提交。",
    "under_review": "正在审查。",
    "parts_under_review": "已经受理，各部门正在同时审查。",
    "ready_to_decide": "各部门的意见已经汇齐，正在作出统一决定。",
    "split": "已经按照申请人的要求拆分为单项许可，分别办理。",
    "granted": "已经准予许可，正在制作、送达证件。",
    "released": "本事项已经准予许可，正在制作、送达证件，不等待其他事项。",
    "delivered": "证件已经送达，办理完毕。",
    "refused": "已经作出不予许可的决定，决定书写明理由和救济途径。",
    "not_accepted": "不予受理，决定书写明理由和救济途径。",
    "not_needed": "本事项依法不需要取得行政许可。",
    "withdrawn": "申请人已经撤回申请。",
    "terminated": "已经终止办理。",
    "abandoned": "逾期没有补正，视为放弃申请。",
}
