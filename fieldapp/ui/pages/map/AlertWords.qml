// The words for what an alert is of and where it stands, as the map's card says them.
import QtQml

QtObject {
    function kind(kind: string): string {
        switch (kind) {
        case "site_dwell": return qsTr("工地异常停留");
        case "off_route": return qsTr("偏离路线");
        case "speeding": return qsTr("超速");
        case "spilling": return qsTr("撒漏");
        case "blacklist_seen": return qsTr("发现黑名单车辆");
        default: return kind;
        }
    }
    function state(state: string): string {
        switch (state) {
        case "open": return qsTr("待接手");
        case "passed": return qsTr("已转交");
        case "taken": return qsTr("处理中");
        case "dismissed": return qsTr("已忽略");
        case "done": return qsTr("已处理");
        default: return state;
        }
    }
    function severity(severity: int): string {
        return severity >= 3 ? qsTr("紧急") : severity === 2 ? qsTr("严重") : qsTr("轻微");
    }
}
