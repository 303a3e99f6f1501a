// What the form of an act says: what becomes of it, what is to be written, ready phrases, and the button.
import QtQml

QtObject {
    id: root

    required property string kind

    readonly property string hint: {
        switch (root.kind) {
        case "decline": case "return": return qsTr("案件会退回派遣员，由其重新派遣。");
        case "ask_delay": case "ask_suspend": return qsTr("申请会送给派遣员决定。");
        case "confirm": return qsTr("立案前到现场核实：问题属实，可以立案。");
        case "deny": return qsTr("立案前到现场核实：没有看到所报的问题，请写明看到什么。");
        case "verify": return qsTr("处置后到现场核查：问题已经解决，可以结案。");
        case "reject": return qsTr("处置后到现场核查：问题没有解决，案件会退给处置人员。");
        case "self_handle": return qsTr("您在现场自行处理了问题；处理前后各拍一张，之后由他人核查。");
        case "supplement": return qsTr("补充照片或情况，不改变案件的状态。");
        case "learn": return qsTr("写下这件案件的经验，供以后参考；它会跟着案件保存。");
        default: return "";
        }
    }
    readonly property string label: {
        switch (root.kind) {
        case "handle": return qsTr("处置说明");
        case "feed_back": return qsTr("反馈说明");
        case "confirm": case "deny": return qsTr("核实情况");
        case "verify": case "reject": return qsTr("核查情况");
        case "self_handle": return qsTr("处理说明");
        case "supplement": return qsTr("补充说明");
        case "learn": return qsTr("总结");
        default: return qsTr("原因");
        }
    }
    readonly property string placeholder: {
        switch (root.kind) {
        case "handle": case "self_handle": return qsTr("做了什么，结果如何");
        case "feed_back": return qsTr("处置结果，是否需要后续");
        case "confirm": case "deny": case "verify": case "reject": return qsTr("现场看到什么");
        default: return "";
        }
    }
    readonly property list<string> phrases: {
        switch (root.kind) {
        case "handle": return [qsTr("已清理完毕"), qsTr("已劝离"), qsTr("已责令整改"), qsTr("已修复"), qsTr("已设警示标志")];
        case "self_handle": return [qsTr("已清理完毕"), qsTr("已劝离"), qsTr("已扶正")];
        case "feed_back": return [qsTr("已处置完毕，请核查"), qsTr("当事人已自行整改"), qsTr("需继续跟进")];
        case "decline": return [qsTr("不属本人职责"), qsTr("不在我的网格"), qsTr("位置有误")];
        case "return": return [qsTr("需其他部门配合"), qsTr("现场无法处置"), qsTr("现场未发现问题")];
        case "ask_delay": return [qsTr("需专业设备"), qsTr("天气原因"), qsTr("等待配合单位")];
        case "ask_suspend": return [qsTr("涉及行政复议"), qsTr("权属不清")];
        case "arrive": return [qsTr("案件位置有误"), qsTr("道路封闭，在附近"), qsTr("定位不准")];
        case "confirm": return [qsTr("情况属实"), qsTr("情况属实，范围更大")];
        case "deny": return [qsTr("现场没有该问题"), qsTr("位置不对"), qsTr("问题已消失")];
        case "verify": return [qsTr("已处置到位"), qsTr("现场整洁")];
        case "reject": return [qsTr("没有处置"), qsTr("处置不彻底"), qsTr("问题又出现")];
        default: return [];
        }
    }
    readonly property string submit: {
        switch (root.kind) {
        case "handle": return qsTr("提交处置");
        case "feed_back": return qsTr("提交反馈");
        case "confirm": return qsTr("提交：属实");
        case "deny": return qsTr("提交：不属实");
        case "verify": return qsTr("提交：通过");
        case "reject": return qsTr("提交：不通过");
        default: return qsTr("提交");
        }
    }
}
