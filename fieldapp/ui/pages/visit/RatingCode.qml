// The code with which the visited party may rate, on paper white in every theme.
import QtQuick
import QtQuick.Layouts

Rectangle {
    id: root

    required property string source

    color: "white"
    Layout.alignment: Qt.AlignHCenter
    Layout.preferredWidth: 320
    Layout.preferredHeight: 320

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
