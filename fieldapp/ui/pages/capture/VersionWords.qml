// Words for two versions of a field: what the field is called, and where a version was written.
import QtQml

QtObject {
    id: root

    readonly property string none: qsTr("（空）")

    function field(name: string): string {
        switch (name) {
        case "note": return qsTr("情况说明");
        case "class_code": return qsTr("类别");
        case "place": return qsTr("位置");
        case "grid_cell": return qsTr("单元网格");
        case "address": return qsTr("地点描述");
        case "plate": return qsTr("涉及车辆");
        case "unit": return qsTr("责任单位");
        case "joins": return qsTr("补充到的案件");
        case "facts": return qsTr("查车结论");
        default: return name;
        }
    }
    function writtenBy(who: string): string {
        switch (who) {
        case "command": return qsTr("命令行");
        case "rebuilt": return qsTr("重建数据库时找回");
        default: return qsTr("这台设备的界面");
        }
    }
    function shown(name: string, text: string): string {
        return text === "" ? root.none : name === "facts" ? qsTr("附有查车结论") : text;
    }
}
