// Choosing a class: lately used, by a word in it, or step by step.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

CaptureSheet {
    id: root

    required property ClassCascadeViewModel classes

    readonly property bool searching: search.text !== ""

    name: "classSheet"
    title: qsTr("选择类别")
    maximumWidth: 1120
    onAboutToShow: {
        search.text = "";
        root.classes.search("");
    }

    FaSearchField {
        id: search

        objectName: "classSheet.search"
        placeholder: qsTr("搜索：渣土车、乱堆放、03-11…")
        Layout.fillWidth: true
        onEdited: text => root.classes.search(text)
    }
    Flow {
        spacing: Theme.spaceS
        visible: !root.searching && root.classes.recent.count > 0
        Layout.fillWidth: true

        FaText {
            text: qsTr("最近使用")
            kind: "caption"
            color: Theme.textMuted
            height: Theme.target
            verticalAlignment: Text.AlignVCenter
        }
        Repeater {
            model: root.classes.recent

            FaChip {
                required property string code
                required property string label

                objectName: "classSheet.recent." + code
                text: label
                onClicked: {
                    root.classes.choose(code);
                    root.close();
                }
            }
        }
    }
    FaCascade {
        objectName: "classSheet.cascade"
        visible: !root.searching
        levels: root.classes.levels
        firstModel: root.classes.firstModel
        secondModel: root.classes.secondModel
        thirdModel: root.classes.thirdModel
        firstCode: root.classes.firstCode
        secondCode: root.classes.secondCode
        thirdCode: root.classes.thirdCode
        Layout.fillWidth: true
        Layout.fillHeight: true
        onFirstChosen: code => root.classes.open(code)
        onSecondChosen: code => {
            root.classes.choose(code);
            if (root.classes.levels < 3)
                root.close();
        }
        onThirdChosen: code => {
            root.classes.choose(code);
            root.close();
        }
    }
    ListView {
        objectName: "classSheet.found"
        visible: root.searching && root.classes.found.count > 0
        model: root.classes.found
        clip: true
        spacing: Theme.spaceS
        boundsBehavior: Flickable.StopAtBounds
        Layout.fillWidth: true
        Layout.fillHeight: true

        delegate: FaListRow {
            required property string code
            required property string label
            required property string note
            required property bool urgent

            objectName: "classSheet.found." + code
            width: ListView.view.width
            title: label
            subtitle: note
            meta: urgent ? code + " · " + qsTr("紧急") : code
            selected: code === root.classes.secondCode || code === root.classes.thirdCode
            onClicked: {
                root.classes.choose(code);
                root.close();
            }
        }
    }
    FaEmpty {
        visible: root.searching && root.classes.found.count === 0
        iconName: "search"
        title: qsTr("没有找到“%1”").arg(search.fullText)
        text: qsTr("换一个词，或清除搜索后逐级选择。")
        Layout.fillWidth: true
        Layout.fillHeight: true
    }
    foot: [
        Item {
            Layout.fillWidth: true
        },
        FaButton {
            objectName: "classSheet.done"
            text: qsTr("选好了")
            visible: !root.searching && root.classes.levels > 2 && root.classes.secondCode !== ""
            onClicked: root.close()
        }
    ]
}
