// Picking photo files: usual folders at the top, large tiles below, several at once.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

CaptureSheet {
    id: root

    required property PhotoPickerViewModel picker
    // one photo, taken with the tap that picks it
    property bool single: false

    signal picked(list<string> files)

    function take(): void {
        root.picked(root.picker.take());
        root.close();
    }

    name: "importSheet"
    title: qsTr("导入照片")
    subtitle: qsTr("导入的照片按其自身记录的位置和时间保存，并标明“导入”。")
    onAboutToShow: root.picker.open()

    Flow {
        spacing: Theme.spaceS
        Layout.fillWidth: true

        Repeater {
            model: root.picker.places

            FaChip {
                required property string path
                required property string kind
                required property string name

                objectName: "importSheet.place." + kind
                iconName: kind === "stick" ? "storage" : kind === "downloads" ? "download" : kind === "home" ? "home" : "photos"
                text: kind === "pictures" ? qsTr("图片") : kind === "downloads" ? qsTr("下载")
                    : kind === "home" ? qsTr("主目录") : name
                checkable: true
                checked: path === root.picker.folder
                onClicked: root.picker.enter(path)
            }
        }
    }
    RowLayout {
        spacing: Theme.spaceS
        Layout.fillWidth: true

        FaIconButton {
            objectName: "importSheet.up"
            iconName: "chevron-up"
            text: qsTr("上一级文件夹")
            kind: "secondary"
            onClicked: root.picker.up()
        }
        FaText {
            text: root.picker.folder
            kind: "caption"
            color: Theme.textMuted
            elide: Text.ElideMiddle
            wrapMode: Text.NoWrap
            Layout.fillWidth: true
        }
        FaBusy {
            running: root.picker.busy
        }
    }
    GridView {
        id: grid

        readonly property int columns: Math.max(2, Math.floor(width / (190 * Math.min(Theme.textScale, 1.4))))

        objectName: "importSheet.grid"
        visible: root.picker.items.count > 0
        model: root.picker.items
        clip: true
        cellWidth: Math.floor(width / grid.columns)
        cellHeight: cellWidth * 0.8 + 44 * Theme.textScale
        boundsBehavior: Flickable.StopAtBounds
        Layout.fillWidth: true
        Layout.fillHeight: true

        delegate: ImportTile {
            objectName: "importSheet.item." + name
            width: grid.cellWidth
            height: grid.cellHeight
            onEntered: path => root.picker.enter(path)
            onPicked: path => {
                root.picker.toggle(path);
                if (root.single)
                    root.take();
            }
        }
    }
    FaEmpty {
        visible: root.picker.items.count === 0 && !root.picker.busy
        iconName: root.picker.readable ? "photos" : "lock"
        title: root.picker.readable ? qsTr("这个文件夹里没有照片") : qsTr("无法读取这个文件夹")
        text: qsTr("可换一个文件夹，或插入存有照片的 U 盘。支持 JPEG、PNG、HEIC。")
        Layout.fillWidth: true
        Layout.fillHeight: true
    }
    Item {
        visible: root.picker.items.count === 0 && root.picker.busy
        Layout.fillHeight: true
    }
    foot: [
        FaText {
            text: root.single ? qsTr("点按照片即读取") : root.picker.pickedCount > 0 ? qsTr("已选 %1 张").arg(root.picker.pickedCount) : qsTr("点按照片即可选择，可选多张")
            color: Theme.textMuted
            Layout.fillWidth: true
        },
        FaButton {
            objectName: "importSheet.accept"
            iconName: "import"
            text: qsTr("导入")
            visible: !root.single
            enabled: root.picker.pickedCount > 0
            onClicked: root.take()
        }
    ]
}
