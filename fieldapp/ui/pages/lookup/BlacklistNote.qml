// One blacklist entry: danger while it is in force, a quiet note once it has ended.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaCard {
    id: root

    required property string entryId
    required property string kind
    required property string reason
    required property int level
    required property string validFrom
    required property string validTo
    required property string issuer
    required property bool active

    readonly property string whom: root.kind === "company" ? qsTr("企业黑名单") : root.kind === "driver" ? qsTr("驾驶员黑名单") : qsTr("车辆黑名单")

    objectName: "lookup.blacklist." + root.entryId
    tone: root.active ? "danger" : "normal"
    iconName: root.active ? "blacklist" : "clock"
    title: root.active ? qsTr("%1 · %2").arg(root.whom).arg(words.level(root.level)) : qsTr("%1（不在有效期内）").arg(root.whom)
    subtitle: root.reason
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.title
    Accessible.description: root.reason

    LookupWords {
        id: words
    }
    FaText {
        text: [root.issuer, root.validTo === "" ? qsTr("%1 起").arg(root.validFrom) : qsTr("%1 至 %2").arg(root.validFrom).arg(root.validTo), root.entryId].join("  ·  ")
        kind: "caption"
        color: root.active ? Theme.dangerSoftInk : Theme.textMuted
        Layout.fillWidth: true
    }
}
