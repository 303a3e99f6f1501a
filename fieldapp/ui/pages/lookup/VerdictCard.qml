// The place of the verdict. In this version it says what the records hold, and that here, now and the load were not judged.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property TruckViewModel truck
    required property DataAgeViewModel age
    // The plate stands nowhere else in sight.
    property bool withPlate: false

    readonly property string detail: {
        switch (root.truck.headline) {
        case "valid": return qsTr("有效期至 %1").arg(root.truck.bestUntil);
        case "not_yet": return qsTr("自 %1 起").arg(root.truck.bestFrom);
        case "expired": return qsTr("已于 %1 到期").arg(root.truck.bestUntil);
        case "used_up": return qsTr("核准的方量已经运完");
        case "blacklisted": return root.truck.bestFact === "" ? qsTr("没有许可记录") : words.fact(root.truck.bestFact);
        case "no_record": return qsTr("%1前的数据里没有这个号牌").arg(root.age.text);
        case "unknown": return root.age.level === "stale" ? qsTr("数据太旧：查不到不等于没有许可") : qsTr("本机数据不完整：查不到不等于没有许可");
        default: return "";
        }
    }
    readonly property bool hedged: root.truck.shape === "unknown" && root.truck.headline !== "unknown"

    objectName: "lookup.verdict"
    tone: words.toneOfShape(root.truck.shape)

    LookupWords {
        id: words
    }
    FaPlateField {
        objectName: "lookup.verdict.plate"
        plate: root.truck.plate
        plateColor: root.truck.plateColor
        plateHeight: Math.round(52 * Math.min(Theme.textScale, 1.5))
        enabled: false
        focusPolicy: Qt.NoFocus
        visible: root.withPlate
        Layout.maximumWidth: root.width - 2 * root.padding
    }
    FaShape {
        objectName: "lookup.verdict.shape"
        kind: root.truck.shape
        title: words.headline(root.truck.headline)
        text: root.detail
        Layout.fillWidth: true
    }
    FaText {
        objectName: "lookup.verdict.stale"
        text: qsTr("数据太旧，之后可能有变，请向指挥中心核实。")
        strong: true
        visible: root.hedged
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.spaceS

        FaIcon {
            name: "info"
            size: 20
            color: Theme.textMuted
            Layout.alignment: Qt.AlignTop
        }
        FaText {
            objectName: "lookup.verdict.note"
            text: qsTr("只说档案里有什么。此时、此地、此车货能否通行，本版本还不判断。")
            kind: "caption"
            color: Theme.textMuted
            Layout.fillWidth: true
        }
    }
}
