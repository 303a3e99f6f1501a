// The officer's tasks: the list at the left, the task that is open at the right, the act that is prepared over it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import fieldapp.ui
import fieldapp.viewmodels
import "alerts"
import "tasks"

Rectangle {
    id: root

    required property TasksViewModel tasks
    required property CameraViewModel camera
    required property AlertsViewModel alerts
    property PhotoDeskViewModel photoDesk: null
    readonly property bool formShown: ["handle", "feed_back", "self_handle", "confirm", "deny", "verify", "reject", "supplement"].includes(root.tasks.draft.kind)

    // before or after: whose photos are taken or brought in now
    property string shooting: ""
    property string importing: ""

    signal navigate(string key)
    signal talkAsked(string caseId)

    function bringIn(role: string): void {
        root.importing = role;
        chooser.active = true;
    }

    objectName: "tasksPage"
    color: Theme.background
    onFormShownChanged: root.shooting = ""
    onVisibleChanged: {
        if (!root.visible)
            root.shooting = "";
    }

    FaSplit {
        id: split

        anchors.fill: parent
        ratio: root.width >= Theme.wide ? 0.36 : 0.41
        showSecond: root.tasks.selected !== ""
        first: TaskList {
            anchors.fill: parent
            tasks: root.tasks
        }
        second: [
            FaEmpty {
                objectName: "tasks.nothingOpen"
                anchors.fill: parent
                visible: root.tasks.sheet.caseId === "" && root.tasks.items.count > 0
                iconName: "task"
                title: qsTr("请选择一个任务")
                text: qsTr("左侧列表按时限排列，最急的在最上面")
            },
            LazyPage {
                anchors.fill: parent
                shown: root.tasks.sheet.caseId !== ""

                TaskDetail {
                    tasks: root.tasks
                    photoDesk: root.photoDesk
                    showBack: split.stacked
                    mayCall: root.alerts.mayCall
                    onTalkAsked: root.talkAsked(root.tasks.sheet.caseId)
                    onHelpAsked: help.askForCase(root.tasks.sheet.caseId)
                    onMapAsked: {
                        root.tasks.showOnMap(root.tasks.sheet.caseId);
                        root.navigate("map");
                    }
                }
            },
            Loader {
                anchors.fill: parent
                active: root.formShown
                sourceComponent: ActForm {
                    tasks: root.tasks
                    onShootAsked: role => root.shooting = role
                    onImportAsked: role => root.bringIn(role)
                }
            }
        ]
    }
    ReasonDialog {
        tasks: root.tasks
    }
    AlertDialog {
        id: help

        objectName: "tasks.help.dialog"
        alerts: root.alerts
    }
    ActCamera {
        anchors.fill: parent
        camera: root.camera
        draft: root.tasks.draft
        role: root.shooting
        onClosed: root.shooting = ""
        onImportAsked: root.bringIn(root.shooting)
    }
    Loader {
        id: chooser

        active: false
        onEnabledChanged: if (!chooser.enabled && chooser.item) (chooser.item as FileDialog).close() // it would block the locked screen
        sourceComponent: FileDialog {
            fileMode: FileDialog.OpenFiles
            title: qsTr("选择照片")
            nameFilters: [qsTr("照片 (*.jpg *.jpeg *.png *.heic *.heif)")]
            onAccepted: {
                root.tasks.draft.importPhotos(selectedFiles, root.importing);
                chooser.active = false;
            }
            onRejected: chooser.active = false
            Component.onCompleted: open()
        }
    }
}
