// The words for where a case stands.
import QtQml

QtObject {
    function state(state: string): string {
        switch (state) {
        case "reported": return qsTr("已上报");
        case "checking": return qsTr("待核实");
        case "confirmed": return qsTr("已核实");
        case "opened": return qsTr("已立案");
        case "dispatched": return qsTr("待接单");
        case "accepted": return qsTr("已接单");
        case "arrived": return qsTr("已到场");
        case "handled": return qsTr("已处置");
        case "fed_back": return qsTr("已反馈");
        case "verified": return qsTr("已核查");
        case "returned": return qsTr("已退回");
        case "suspended": return qsTr("挂账中");
        case "closed": return qsTr("已结案");
        case "void": return qsTr("已作废");
        case "withdrawn": return qsTr("已撤回");
        case "": return qsTr("待发送");
        default: return state;
        }
    }
}
