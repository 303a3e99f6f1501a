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

    // In which part of the form that which an error tells of is filled in, "" for none.
    function part(code: string): string {
        switch (code) {
        case "visit_item_missing":
        case "visit_item_unknown":
        case "visit_second_missing":
        case "visit_second_unknown": return "items";
        case "visit_party_missing": return "party";
        case "visit_answers_missing":
        case "visit_question_open": return "checks";
        case "visit_deadline_odd":
        case "visit_deadline_past":
        case "visit_demand_missing":
        case "visit_result_contradicts":
        case "visit_result_missing": return "result";
        case "visit_signature_missing": return "signed";
        default: return "";
        }
    }

    function stars(count: int): string {
        return count > 0 ? "★".repeat(count) + "☆".repeat(5 - count) : "";
    }
}
