// The icon in the desktop's tray. Loaded only where the desktop shows such icons.
pragma ComponentBehavior: Bound

import QtQuick
import Qt.labs.platform as Platform
import fieldapp.viewmodels

Item {
    id: root

    required property TrayViewModel tray

    Platform.SystemTrayIcon {
        objectName: "trayIcon"
        visible: true
        icon.source: root.tray.icon
        tooltip: root.tray.tooltip
        onActivated: reason => {
            if (reason !== Platform.SystemTrayIcon.Context)
                root.tray.open();
        }

        menu: Platform.Menu {
            Platform.MenuItem {
                text: qsTr("打开")
                onTriggered: root.tray.open()
            }
            Platform.MenuItem {
                text: qsTr("立即发送")
                enabled: root.tray.anythingPending
                onTriggered: root.tray.sendNow()
            }
            Platform.MenuSeparator {}
            Platform.MenuItem {
                text: qsTr("关闭窗口")
                onTriggered: root.tray.closeWindow()
            }
        }
    }
}
