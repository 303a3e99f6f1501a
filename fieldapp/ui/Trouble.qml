// The window for a machine on which the app cannot start: why, in both languages, and a way out.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels
import "pages"

Basic.ApplicationWindow {
    id: root

    required property string chinese
    required property string english
    // Null where there is no tablet of which anything could be rescued.
    property RescueViewModel rescue: null

    objectName: "troubleWindow"
    title: "城市巡查 · Field App"
    color: Theme.background

    TroublePage {
        anchors.fill: parent
        text: root.chinese
        alsoText: root.english
        actionText: "退出 · Quit"
        onAction: Qt.quit()
        moreText: root.rescue ? "救援导出 · Rescue" : ""
        onMore: (sheet.item as RescueSheet).open()
    }
    Loader {
        id: sheet

        active: root.rescue !== null
        sourceComponent: RescueSheet {
            rescue: root.rescue
        }
    }
}
