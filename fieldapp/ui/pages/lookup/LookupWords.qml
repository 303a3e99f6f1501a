// The words for verdicts and for what the records say of a permit, and the colour and sign that go with them.
import QtQml

QtObject {
    id: root

    function answer(answer: string): string {
        switch (answer) {
        case "allowed": return qsTr("准许通行");
        case "not_allowed": return qsTr("不准通行");
        case "check": return qsTr("需要核查");
        case "unknown": return qsTr("无法判断");
        default: return "";
        }
    }

    function shortFact(fact: string): string {
        switch (fact) {
        case "valid": return qsTr("有效");
        case "not_yet": return qsTr("未生效");
        case "used_up": return qsTr("已用完");
        case "revoked": return qsTr("已吊销");
        case "expired": return qsTr("已过期");
        case "void": return qsTr("已作废");
        case "unclear": return qsTr("不明");
        default: return qsTr("无许可");
        }
    }

    function status(status: string): string {
        switch (status) {
        case "issued": return qsTr("已核发");
        case "active": return qsTr("使用中");
        case "used": return qsTr("已用完");
        case "expired": return qsTr("已过期");
        case "revoked": return qsTr("已吊销");
        case "void": return qsTr("已作废");
        default: return status;
        }
    }

    function tone(fact: string): string {
        return fact === "valid" ? "success" : fact === "revoked" ? "danger" : fact === "unclear" || fact === "" ? "normal" : "warning";
    }

    function sign(fact: string): string {
        return fact === "valid" ? "check-circle" : fact === "revoked" ? "octagon" : fact === "unclear" || fact === "" ? "question" : "warning";
    }

    function toneOfShape(shape: string): string {
        return shape === "ok" ? "success" : shape === "danger" ? "danger" : shape === "warning" ? "warning" : "normal";
    }

    function level(level: int): string {
        return level >= 3 ? qsTr("禁止") : level === 2 ? qsTr("严重") : qsTr("关注");
    }

    // "22:00-06:00;12:00-14:00" as people say it; a window that ends before it begins passes midnight.
    function windows(text: string): string {
        return text.split(";").filter(part => part !== "").map(part => {
            const ends = part.split("-");
            return ends.length === 2 && ends[1] < ends[0] ? qsTr("%1 至次日 %2").arg(ends[0]).arg(ends[1]) : part.replace("-", "–");
        }).join(qsTr("、"));
    }
}
