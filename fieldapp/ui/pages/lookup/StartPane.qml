// Before anything is typed: what can be asked, and what was looked up in this shift.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property LookupViewModel lookup

    FaEmpty {
        anchors.fill: parent
        visible: root.lookup.recent.count === 0
        iconName: root.lookup.age.level === "unknown" ? "download" : "truck"
        tone: root.lookup.age.level === "unknown" ? "warning" : "primary"
        title: root.lookup.age.level === "unknown" ? qsTr("本机还没有完整的数据") : qsTr("输入车牌，马上看到准运证")
        text: root.lookup.age.level === "unknown"
            ? qsTr("查不到不等于没有许可。联网后会自动取得数据。")
            : qsTr("省份可以不输；全角、小写和间隔符都认得。也可以查企业名称或信用代码。")
    }
    ListView {
        objectName: "lookup.recent"
        anchors.fill: parent
        anchors.margins: Theme.spaceL
        model: root.lookup.recent
        spacing: Theme.spaceS
        clip: true
        visible: root.lookup.recent.count > 0
        boundsBehavior: Flickable.StopAtBounds

        header: FaText {
            text: qsTr("本班查过")
            kind: "heading"
            bottomPadding: Theme.spaceM
        }
        delegate: FaListRow {
            required property string kind
            required property string key
            required property string headline
            required property string shape

            objectName: "lookup.recent." + key
            width: ListView.view.width
            subtitle: words.answer(headline)
            iconName: kind === "company" ? "building" : "truck"
            iconTone: kind === "company" && shape === "" ? "primary" : words.toneOfShape(shape)
            chevron: true
            onClicked: root.lookup.choose(kind, key)
        }
    }
    LookupWords {
        id: words
    }
}
