// The window: before the work one page at a time, then the rail, the banner and the pages, and over all of it the lock.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels
import "pages"

Basic.ApplicationWindow {
    id: root

    required property AppViewModel app
    property TrayViewModel tray: null
    property bool animated: true
    // How long a message offers the way back.
    property int undoSeconds: 10
    readonly property string stage: root.app.session.stage
    readonly property bool working: root.stage === "open" && !root.app.session.locked
    readonly property list<string> pages: ["lookup", "capture", "tasks", "map", "outbox", "settings"]

    objectName: "mainWindow"
    title: root.stage === "open" ? qsTr("城市巡查") + " · " + root.app.session.officerName : qsTr("城市巡查")
    minimumWidth: 640
    minimumHeight: 480
    color: Theme.background
    onClosing: close => {
        if (root.app.capture.photosUnsaved > 0 && !unsaved.agreed) {
            close.accepted = false;
            unsaved.open();
        } else if (root.app.link.anythingPending && !leaving.agreed) {
            close.accepted = false;
            leaving.open();
        }
    }

    Binding {
        target: Theme
        property: "name"
        value: root.app.settings.theme
    }
    Binding {
        target: Theme
        property: "textScale"
        value: root.app.settings.textScale
    }
    Binding {
        target: Theme
        property: "animated"
        value: root.animated
    }

    Instantiator {
        model: root.pages

        delegate: Shortcut {
            required property string modelData
            required property int index

            sequence: "Ctrl+" + (index + 1)
            enabled: root.working
            onActivated: root.app.navigate(modelData)
        }
    }

    StackLayout {
        anchors.fill: parent
        enabled: !root.app.session.locked
        currentIndex: root.stage === "enrol" ? 1 : root.stage === "signin" ? 2 : root.stage === "fill" ? 3
            : root.stage === "trouble" ? 4 : root.stage === "open" ? 5 : 0

        Item {
            FaBusy {
                anchors.centerIn: parent
                size: 56
                running: root.stage === "opening"
            }
        }
        LazyPage {
            shown: root.stage === "enrol"
            kept: false

            EnrolPage {
                session: root.app.session
                settings: root.app.settings
                read: root.app.read
                camera: root.app.camera
            }
        }
        LazyPage {
            shown: root.stage === "signin"
            kept: false

            SignInPage {
                session: root.app.session
                settings: root.app.settings
                onRescueAsked: rescue.open()
            }
        }
        LazyPage {
            shown: root.stage === "fill"
            kept: false

            FillPage {
                session: root.app.session
                settings: root.app.settings
                link: root.app.link
            }
        }
        LazyPage {
            shown: root.stage === "trouble"
            kept: false

            TroublePage {
                text: root.app.session.errorText
                alsoText: root.app.session.errorTextAbroad
                actionText: qsTr("退出登录")
                moreText: qsTr("救援导出")
                onAction: root.app.session.signOut()
                onMore: rescue.open()
            }
        }
        Workplace {
            id: workplace

            objectName: "workplace"
            app: root.app
            onRescueAsked: rescue.open()
            messageHeight: toast.showing ? toast.barHeight + 2 * Theme.spaceS : 0
        }
    }
    FaToast {
        id: toast

        property string recordId: ""

        objectName: "toast"
        leftInset: workplace.railWidth + Theme.spaceS
        topInset: Theme.spaceS
        fullWidth: true
        onAction: root.app.undo(toast.recordId)
    }
    RescueSheet {
        id: rescue

        rescue: root.app.rescue
        enabled: !root.app.session.locked
    }
    FaDialog {
        id: unsaved

        property bool agreed: false

        objectName: "unsaved"
        kind: "danger"
        title: qsTr("还有照片没有保存")
        text: qsTr("这些照片只在内存中，关闭后无法找回。")
        acceptText: qsTr("仍要关闭")
        onAccepted: {
            unsaved.agreed = true;
            root.close();
        }
    }
    FaDialog {
        id: leaving

        property bool agreed: false

        objectName: "leaving"
        title: qsTr("还有内容没有发送")
        text: root.app.link.pendingText + "\n" + (root.app.link.status === "locked" ? qsTr("都保存在本机，登录后由后台同步服务发送。") : qsTr("都保存在本机，窗口关闭后由后台同步服务继续发送。"))
        acceptText: qsTr("关闭窗口")
        onAccepted: {
            leaving.agreed = true;
            root.close();
        }
    }
    LockOverlay {
        session: root.app.session
    }
    Loader {
        readonly property bool wanted: root.tray !== null && root.tray.available

        function load(): void {
            if (wanted)
                setSource("Tray.qml", { "tray": root.tray });
        }

        objectName: "tray"
        onWantedChanged: load()
        Component.onCompleted: load()
    }

    Connections {
        target: root.tray

        function onCloseAsked(): void {
            root.close();
        }
    }
    Connections {
        target: root.app

        function onToastAsked(text: string, actionText: string, kind: string, recordId: string): void {
            toast.recordId = recordId;
            toast.show(text, actionText, root.undoSeconds, kind);
        }
        function onToastRetold(text: string, actionText: string): void {
            toast.text = text;
            toast.actionText = actionText;
        }
    }
    Connections {
        target: root.app.session

        function onStageChanged(): void {
            toast.dismiss();
        }
    }
}
