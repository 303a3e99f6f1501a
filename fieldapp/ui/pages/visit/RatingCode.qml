// The code with which the visited party may rate, on paper white in every theme.
import QtQuick
import QtQuick.Layouts

Item {
    id: root

    required property string source

    implicitHeight: 320
    Layout.fillWidth: true

    Rectangle {
        anchors.centerIn: parent
        width: Math.min(320, parent.width)
        height: 320
        color: "white"

        Image {
            objectName: root.objectName + ".image"
            anchors.fill: parent
            source: root.source
            fillMode: Image.PreserveAspectFit
            smooth: false
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("评价二维码")
        }
    }
}
