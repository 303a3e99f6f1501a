// Writes everything that has not gone into one file that only the city's server can read: what, where to, how far, what came of it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "capture"

CaptureSheet {
    id: root

    required property RescueViewModel rescue
    readonly property bool writing: root.rescue.stage === "writing"
    readonly property bool done: root.rescue.stage === "done"

    name: "rescue"
    title: qsTr("救援导出")
    subtitle: qsTr("服务器长期连不上，或平板要送修时使用")
    maximumWidth: 720
    tall: false
    closePolicy: root.writing ? CaptureSheet.NoAutoClose : CaptureSheet.CloseOnEscape
    onAboutToShow: root.rescue.look()

    FaScroll {
        padding: 0
        gutter: Theme.spaceL
        of: root.rescue.stage
        implicitHeight: contentHeight
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.rightMargin: -gutter

        FaBanner {
            objectName: "rescue.error"
            kind: "danger"
            text: root.rescue.errorText
            visible: text !== ""
        }
        FaText {
            text: qsTr("把还没有送达的全部内容写进一个加密文件，只有本市的服务器能读。交给管理员导入即可，重复导入也不会重复；本机内容不会删除。")
            color: Theme.textMuted
            visible: !root.done
            Layout.fillWidth: true
        }
        FaCard {
            title: qsTr("将写入的内容")
            iconName: "outbox"
            visible: !root.done && root.rescue.files !== ""
            spacing: Theme.spaceXs

            FaFact {
                objectName: "rescue.records"
                label: qsTr("记录")
                value: root.rescue.records
                visible: value !== ""
            }
            FaFact {
                objectName: "rescue.drafts"
                label: qsTr("草稿")
                value: root.rescue.drafts
                visible: value !== ""
            }
            FaFact {
                objectName: "rescue.files"
                label: root.rescue.locked ? qsTr("本机全部内容") : qsTr("照片文件")
                value: root.rescue.files
            }
        }
        FaBanner {
            objectName: "rescue.locked"
            kind: "info"
            text: qsTr("现在无法打开本机数据，因此把全部内容按原样（仍是加密的）写入。由服务器打开，只导入还没有送达的部分。")
            visible: root.rescue.locked && !root.done
        }
        FaBanner {
            objectName: "rescue.nothing"
            kind: "success"
            text: qsTr("全部内容都已送达服务器，没有需要导出的。")
            visible: root.rescue.stage === "ready" && !root.rescue.anything
        }
        FaCard {
            title: qsTr("保存到")
            iconName: "storage"
            visible: !root.done

            FaTextField {
                id: folder

                objectName: "rescue.folder"
                value: root.rescue.folder
                placeholder: qsTr("文件夹，例如 U 盘")
                enabled: !root.writing
                Layout.fillWidth: true
                onEdited: text => root.rescue.choose(text)
            }
            Flow {
                spacing: Theme.spaceS
                Layout.fillWidth: true

                Repeater {
                    model: root.rescue.places

                    FaChip {
                        required property string modelData
                        required property int index

                        objectName: "rescue.place." + index
                        text: modelData
                        iconName: ["/media/", "/run/media/", "/mnt/", "/Volumes/"].some(drive => modelData.startsWith(drive)) ? "storage" : "home"
                        enabled: !root.writing
                        onClicked: root.rescue.choose(modelData)
                    }
                }
                FaButton {
                    objectName: "rescue.browse"
                    kind: "quiet"
                    text: qsTr("其他文件夹…")
                    enabled: !root.writing
                    onClicked: chooser.active = true
                }
            }
        }
        FaProgress {
            objectName: "rescue.progress"
            value: root.rescue.progress
            indeterminate: root.rescue.progressText === ""
            text: qsTr("正在写入，请不要拔出存储设备")
            detail: root.rescue.progressText
            visible: root.writing
            Layout.fillWidth: true
        }
        FaCard {
            title: qsTr("已写入")
            subtitle: root.rescue.summary
            iconName: "check-circle"
            tone: "success"
            visible: root.done

            FaText {
                text: qsTr("请把文件交给管理员，导入后内容就在服务器上。核对时念这个指纹。")
                color: Theme.successSoftInk
                Layout.fillWidth: true
            }
        }
        FaBanner {
            objectName: "rescue.warning"
            kind: "warning"
            text: root.rescue.warning
            visible: root.done && text !== ""
        }
        FaCard {
            visible: root.done

            FaFact {
                objectName: "rescue.path"
                label: qsTr("文件")
                value: root.rescue.path
                strong: true
            }
            FaFact {
                objectName: "rescue.fingerprint"
                label: qsTr("指纹（SHA-256）")
                value: root.rescue.fingerprint
            }
        }
    }

    foot: [
        Item {
            Layout.fillWidth: true
        },
        FaButton {
            objectName: "rescue.write"
            kind: "primary"
            iconName: "download"
            text: qsTr("开始导出")
            visible: !root.done
            busy: root.writing
            enabled: root.rescue.anything && folder.text.trim() !== ""
            onClicked: root.rescue.write()
        },
        FaButton {
            objectName: "rescue.finish"
            kind: "primary"
            text: qsTr("完成")
            visible: root.done
            onClicked: root.close()
        }
    ]

    Loader {
        id: chooser

        active: false
        onEnabledChanged: if (!chooser.enabled && chooser.item) (chooser.item as FolderDialog).close() // it would block the locked screen
        sourceComponent: FolderDialog {
            title: qsTr("保存到")
            onAccepted: {
                root.rescue.choose(selectedFolder.toString());
                chooser.active = false;
            }
            onRejected: chooser.active = false
            Component.onCompleted: open()
        }
    }
}
