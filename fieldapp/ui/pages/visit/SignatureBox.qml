// A signature that was given, on paper white in every theme, and the button to give it or give it again.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

ColumnLayout {
    id: root

    required property string signer
    required property string label
    required property string picture

    signal signAsked

    spacing: Theme.spaceS
    Layout.fillWidth: true

    FaText {
        kind: "label"
        text: root.label
        Layout.fillWidth: true
    }
    Rectangle {
        radius: Theme.radiusS
        color: "white"
        border.color: Theme.outlineStrong
        border.width: Theme.line
        Layout.fillWidth: true
        Layout.preferredHeight: 96

        Image {
            objectName: "visit.signed." + root.signer
            anchors.fill: parent
            anchors.margins: Theme.spaceXs
            source: root.picture
            sourceSize.height: 180
            fillMode: Image.PreserveAspectFit
            asynchronous: true
            Accessible.role: Accessible.Graphic
            Accessible.name: root.label
        }
    }
    FaButton {
        objectName: "visit.sign." + root.signer
        kind: "secondary"
        text: root.picture === "" ? qsTr("签名") : qsTr("重签")
        iconName: "signature"
        Layout.fillWidth: true
        onClicked: root.signAsked()
    }
}
