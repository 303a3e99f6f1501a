// Base map files that lie on this tablet or on a stick: take one, say its datum, or go back to none.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaDialog {
    id: root

    required property MapBaseViewModel base

    objectName: "map.files"
    title: qsTr("底图文件")
    text: root.base.looked && root.base.offers.count === 0
        ? qsTr("没有找到 MBTiles 文件。请把文件放到“下载”文件夹或插入存储设备，再打开此页。") : qsTr("选择一个 MBTiles 文件，它会复制到本机。")
    iconName: "map"
    acceptText: ""
    rejectText: qsTr("关闭")
    onOpened: root.base.look()

    // What is said stands above the files, and whoever tapped one further down must see it.
    Connections {
        target: root.base

        function onTaken(): void {
            root.close();
        }
        function onChanged(): void {
            if (root.base.problem !== "")
                root.toTop();
        }
    }

    FaBanner {
        kind: root.base.datumWanted ? "info" : "warning"
        text: root.base.problem
        visible: text !== ""
        Layout.fillWidth: true
    }
    RowLayout {
        visible: root.base.datumWanted
        spacing: Theme.spaceS
        uniformCellSizes: true

        FaButton {
            objectName: "map.files.wgs84"
            large: true
            text: "WGS-84"
            Layout.fillWidth: true
            onClicked: root.base.takeAs("wgs84")
        }
        FaButton {
            objectName: "map.files.gcj02"
            large: true
            text: "GCJ-02"
            Layout.fillWidth: true
            onClicked: root.base.takeAs("gcj02")
        }
    }
    FaProgress {
        indeterminate: true
        text: qsTr("正在复制底图")
        visible: root.base.busy
        Layout.fillWidth: true
    }
    Repeater {
        id: files

        model: root.base.offers

        FaListRow {
            required property string path
            required property string name
            required property string fact
            required property int index

            objectName: "map.files." + index
            iconName: "map"
            title: name
            subtitle: fact
            selected: path === root.base.unnamed
            enabled: !root.base.busy
            Layout.fillWidth: true
            onClicked: root.base.take(path)
        }
    }
    FaButton {
        objectName: "map.files.remove"
        kind: "secondary"
        iconName: "cross"
        text: qsTr("不用底图")
        visible: root.base.removable
        enabled: !root.base.busy
        onClicked: root.base.remove()
    }
}
