// The window for a machine on which the app cannot start: why, in both languages, and a way out.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import "pages"

Basic.ApplicationWindow {
    id: root

    required property string chinese
    required property string english

    objectName: "troubleWindow"
    title: "城市巡查 · Field App"
    color: Theme.background

    TroublePage {
        anchors.fill: parent
        text: root.chinese
        alsoText: root.english
        actionText: "退出 · Quit"
        onAction: Qt.quit()
    }
}
