// The officer's electronic credential, to be shown to the other side.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaDialog {
    id: root

    required property VisitViewModel visit
    // A code is of use only when all of it is in sight.
    readonly property int side: Math.max(220, Math.min(380, (root.parent ? root.parent.height : 800) - 120 - 190 * Theme.textScale))

    objectName: "visit.credentialShown"
    title: qsTr("电子执法证件")
    iconName: "permit"
    text: qsTr("请对方扫码核对姓名和编号。有效期至 %1").arg(root.visit.card.until)
    acceptText: qsTr("已出示")
    rejectText: ""
    onAccepted: root.visit.card.hide()
    onRejected: root.visit.card.hide()

    FaText {
        objectName: "visit.credential.holder"
        text: root.visit.card.holder
        kind: "heading"
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    Rectangle {
        color: "white"
        Layout.fillWidth: true
        Layout.preferredHeight: root.side

        Image {
            objectName: "visit.credential.qr"
            anchors.fill: parent
            source: root.visit.card.picture
            fillMode: Image.PreserveAspectFit
            smooth: false
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("执法证件二维码")
        }
    }
    Connections {
        target: root.visit.card

        function onChanged(): void {
            if (root.visit.card.picture !== "" && !root.visible)
                root.open();
        }
    }
}
