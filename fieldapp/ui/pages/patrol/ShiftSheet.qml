// The check at the start of a shift: thing by thing, well or not, and what to do. It can always be skipped.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../capture"

CaptureSheet {
    id: root

    required property ShiftCheckViewModel check
    // Whether it was begun; every other way out is a skip.
    property bool accepted: false

    name: "shift"
    title: qsTr("班前检查")
    subtitle: root.check.worst === "" ? qsTr("正在检查……")
        : root.check.ill > 0 ? qsTr("%1 项需要注意").arg(root.check.ill)
        : root.check.unsure > 0 ? qsTr("没有发现问题，%1 项无法得知").arg(root.check.unsure) : qsTr("一切正常")
    maximumWidth: 760
    tall: false
    onAboutToShow: root.accepted = false
    onClosed: {
        if (!root.accepted)
            root.check.skip();
    }

    FaScroll {
        objectName: "shift.rows"
        padding: 0
        gutter: Theme.spaceM
        spacing: Theme.spaceXs
        implicitHeight: contentHeight
        Layout.fillWidth: true
        Layout.fillHeight: true

        Repeater {
            model: root.check.rows

            ShiftRow {}
        }
    }
    foot: [
        FaButton {
            objectName: "shift.again"
            kind: "secondary"
            large: true
            iconName: "refresh"
            text: qsTr("再检查一次")
            busy: root.check.looking
            Layout.fillWidth: true
            onClicked: root.check.again()
        },
        FaButton {
            objectName: "shift.accept"
            kind: "primary"
            iconName: "check"
            text: root.check.due ? qsTr("知道了，开始上班") : qsTr("知道了")
            enabled: root.check.worst !== "" && !root.check.looking
            Layout.fillWidth: true
            onClicked: {
                root.accepted = true;
                root.check.accept();
                root.close();
            }
        }
    ]
}
