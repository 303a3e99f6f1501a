// Naming the responsible unit by hand: those that answer for it first, found by name, pinyin initials, class or street.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels

CaptureSheet {
    id: root

    required property SuggestViewModel suggest

    readonly property UnitPickerViewModel picker: root.suggest.picker
    readonly property bool searching: search.text !== ""

    function take(unit: string): void {
        root.suggest.nameUnit(unit);
        root.close();
    }

    name: "unitSheet"
    title: qsTr("责任单位")
    subtitle: qsTr("写进上报，供派遣员参考")
    maximumWidth: 960
    onAboutToShow: {
        search.text = "";
        root.picker.open();
    }

    FaSearchField {
        id: search

        objectName: "unitSheet.search"
        placeholder: qsTr("搜索：名称、拼音首字母、类别、街道")
        Layout.fillWidth: true
        onEdited: text => root.picker.search(text)
    }
    FaListRow {
        objectName: "unitSheet.nobody"
        iconName: "send"
        title: qsTr("不指定单位")
        subtitle: qsTr("由派遣员决定")
        selected: root.suggest.chosen && root.suggest.unit === ""
        visible: !root.searching
        Layout.fillWidth: true
        onClicked: root.take("")
    }
    ListView {
        id: found

        objectName: "unitSheet.found"
        visible: root.picker.found.count > 0
        model: root.picker.found
        clip: true
        spacing: Theme.spaceS
        boundsBehavior: Flickable.StopAtBounds
        Basic.ScrollBar.vertical: FaScrollBar {}
        section.property: "part"
        section.delegate: FaText {
            required property string section

            width: ListView.view.width
            topPadding: Theme.spaceS
            bottomPadding: Theme.spaceXs
            text: section === "answers" ? qsTr("负责此处的这类问题") : qsTr("其他单位")
            kind: "label"
        }
        Layout.fillWidth: true
        Layout.fillHeight: true

        delegate: FaListRow {
            required property string key
            required property string label
            required property string contact
            required property string classes
            required property int more
            required property string streets
            required property bool answers

            readonly property string duties: more > 0 ? qsTr("%1 等 %2 类").arg(classes).arg(more + 3) : classes

            objectName: "unitSheet.found." + key
            width: ListView.view.width - Theme.spaceL
            iconName: "building"
            iconTone: answers ? "success" : "normal"
            title: label
            subtitle: [streets, duties].filter(part => part !== "").join(" · ")
            meta: contact
            selected: key === root.suggest.unit
            onClicked: root.take(key)
        }
    }
    FaEmpty {
        visible: root.picker.found.count === 0 && root.picker.loaded
        iconName: "search"
        title: root.searching ? qsTr("没有找到“%1”").arg(search.fullText) : qsTr("城市数据里没有责任单位")
        text: root.searching ? qsTr("换一个词，或清除搜索后从列表里选。") : qsTr("由派遣员决定交给谁。")
        Layout.fillWidth: true
        Layout.fillHeight: true
    }
    Item {
        visible: root.picker.found.count === 0 && !root.picker.loaded
        Layout.fillHeight: true
    }
}
