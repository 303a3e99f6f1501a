// What may be meant by what is typed so far, in groups; look-alikes are offered apart and never taken by themselves.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property LookupViewModel lookup

    function group(kind: string): string {
        switch (kind) {
        case "exact": return qsTr("完全一致");
        case "elsewhere": return qsTr("其他省份");
        case "look_alike": return qsTr("容易看错的号牌，请对照实车");
        case "one_error": return qsTr("差一个字的号牌，请对照实车");
        case "part": return qsTr("含有这几位");
        case "company": return qsTr("企业");
        default: return qsTr("以此开头");
        }
    }

    ListView {
        objectName: "lookup.suggestions"
        anchors.fill: parent
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        model: root.lookup.suggestions
        spacing: Theme.spaceS
        clip: true
        visible: root.lookup.suggestions.count > 0
        boundsBehavior: Flickable.StopAtBounds
        footer: Item {
            width: ListView.view.width
            height: more.visible ? more.height + 2 * Theme.spaceL : Theme.spaceL

            FaButton {
                id: more

                objectName: "lookup.moreSuggestions"
                y: Theme.spaceL
                width: parent.width
                kind: "secondary"
                text: qsTr("更多结果")
                busy: root.lookup.suggestions.loading
                visible: root.lookup.suggestions.hasMore
                onClicked: root.lookup.suggestions.more()
            }
        }
        section.property: "kind"
        section.delegate: FaText {
            required property string section

            width: ListView.view.width
            topPadding: Theme.spaceL
            bottomPadding: Theme.spaceS
            kind: "label"
            color: Theme.textMuted
            text: root.group(section)
        }
        delegate: SuggestionRow {
            width: ListView.view.width
            onClicked: root.lookup.choose(kind, key)
        }
    }
    FaEmpty {
        anchors.fill: parent
        visible: root.lookup.suggestions.count === 0 && !root.lookup.busy
        iconName: root.lookup.errorText !== "" ? "warning" : root.lookup.plate !== "" ? "plate" : "search"
        tone: root.lookup.errorText !== "" ? "warning" : "primary"
        title: root.lookup.errorText !== "" ? qsTr("这不像一个号牌")
            : root.lookup.plate === "" ? qsTr("没有这样的企业")
            : root.lookup.plate.length < 7 ? qsTr("接着输入") : qsTr("数据里没有这个号牌")
        text: root.lookup.errorText !== "" ? qsTr("号牌由省份、字母和五至六位字母数字组成，不用字母 I 和 O。")
            : root.lookup.plate === "" ? qsTr("试试名称中间的几个字，或信用代码的开头。")
            : root.lookup.plate.length < 7 ? qsTr("数据里没有以此开头的号牌。") : qsTr("请对照实车。输入完整后按“查询”，可看到结论和数据时间。")
    }
}
