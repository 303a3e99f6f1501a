// What a permit's QR is worth, in shape, colour and word, then what it says.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaScroll {
    id: root

    required property PermitReadViewModel permit

    function word(standing: string): string {
        switch (standing) {
        case "good":
            return qsTr("真实有效");
        case "forged":
            return qsTr("伪造：不是本市签发");
        case "altered":
            return qsTr("涂改：签发后内容被改");
        case "revoked":
            return qsTr("签发后已吊销");
        case "ended":
            return qsTr("真实，但已到期或用完");
        case "changed":
            return qsTr("真实，但登记已变更");
        case "not_yet":
            return qsTr("真实，但尚未生效");
        case "stale":
            return qsTr("真实，但本机数据过旧");
        default:
            return qsTr("真实，但本机没有这张证");
        }
    }

    function advice(standing: string): string {
        switch (standing) {
        case "good":
            return qsTr("二维码与登记一致。请核对车上的号牌。");
        case "forged":
        case "altered":
            return qsTr("下列内容不可信。请查车并登记违法行为。");
        case "unknown":
            return qsTr("可能是新发的证，本机数据还没有。请同步后再查。");
        case "stale":
            return qsTr("是否已被吊销无法确定。请同步后再查，或向指挥中心核实。");
        default:
            return qsTr("以登记为准，请查车看现在的情况。");
        }
    }

    function fact(name: string): string {
        const words = {
            "plate": qsTr("号牌"), "company": qsTr("企业"), "project": qsTr("项目"), "site": qsTr("工地"),
            "disposal_site": qsTr("消纳场"), "windows": qsTr("时段"), "window_days": qsTr("日期种类"), "route": qsTr("路线"),
            "valid_from": qsTr("起始日"), "valid_to": qsTr("截止日"), "approved_m3": qsTr("核准方量")
        };
        return words[name] ?? name;
    }

    padding: 0

    FaShape {
        objectName: "reader.standing"
        kind: root.permit.shape
        title: root.word(root.permit.standing)
        text: root.advice(root.permit.standing)
        Layout.fillWidth: true
    }
    // large: a genuine code may be held before another truck
    FaText {
        objectName: "reader.permitPlate"
        kind: "display"
        strong: true
        text: root.permit.plate
        font.letterSpacing: 4
        Accessible.name: qsTr("号牌 %1").arg(root.permit.plate.split("").join(" "))
        Layout.fillWidth: true
    }
    FaFact {
        label: qsTr("准运证号")
        value: root.permit.permitId
        Layout.fillWidth: true
    }
    FaFact {
        label: qsTr("企业")
        value: root.permit.company
        Layout.fillWidth: true
    }
    FaFact {
        label: qsTr("起止地点")
        value: root.permit.route
        Layout.fillWidth: true
    }
    FaFact {
        label: qsTr("有效期")
        value: root.permit.validity
        Layout.fillWidth: true
    }
    FaFact {
        label: qsTr("吊销原因")
        value: root.permit.reason
        tone: "danger"
        visible: value !== ""
        Layout.fillWidth: true
    }
    FaFact {
        objectName: "reader.differing"
        label: qsTr("与登记不同")
        value: root.permit.differing.map(name => root.fact(name)).join(qsTr("、"))
        tone: "warning"
        visible: value !== ""
        Layout.fillWidth: true
    }
    FaFact {
        label: qsTr("数据截至")
        value: root.permit.dataAsOf
        visible: value !== ""
        Layout.fillWidth: true
    }
}
