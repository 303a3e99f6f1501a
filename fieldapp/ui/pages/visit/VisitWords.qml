// What results of a visit are called.
import QtQuick

QtObject {
    function result(name: string): string {
        switch (name) {
        case "passed": return qsTr("未发现问题");
        case "put_right": return qsTr("责令改正");
        case "handed_on": return qsTr("移送立案");
        default: return "";
        }
    }

    function tone(name: string): string {
        return name === "passed" ? "success" : name === "" ? "normal" : "warning";
    }

    function stars(count: int): string {
        return count > 0 ? "★".repeat(count) + "☆".repeat(5 - count) : "";
    }
}
