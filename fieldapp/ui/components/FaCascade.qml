// Picks a class step by step: each column is a list of the model's rows (roles code, label, note) and narrows the next one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FocusScope {
    id: root

    property alias firstModel: first.rows
    property alias secondModel: second.rows
    property alias thirdModel: third.rows
    property string firstCode: ""
    property string secondCode: ""
    property string thirdCode: ""
    property string firstTitle: qsTr("大类")
    property string secondTitle: qsTr("小类")
    property string thirdTitle: qsTr("细类")
    property int levels: 2

    signal firstChosen(string code)
    signal secondChosen(string code)
    signal thirdChosen(string code)

    implicitWidth: 320 * root.levels
    implicitHeight: 420

    RowLayout {
        anchors.fill: parent
        spacing: Theme.spaceM
        uniformCellSizes: true

        FaCascadeColumn {
            id: first

            objectName: root.objectName + ".first"
            title: root.firstTitle
            code: root.firstCode
            leads: true
            Layout.fillWidth: true
            Layout.fillHeight: true
            onChosen: code => root.firstChosen(code)
        }
        FaCascadeColumn {
            id: second

            objectName: root.objectName + ".second"
            title: root.secondTitle
            code: root.secondCode
            leads: root.levels > 2
            emptyText: qsTr("先选%1").arg(root.firstTitle)
            Layout.fillWidth: true
            Layout.fillHeight: true
            onChosen: code => root.secondChosen(code)
        }
        FaCascadeColumn {
            id: third

            objectName: root.objectName + ".third"
            title: root.thirdTitle
            code: root.thirdCode
            emptyText: qsTr("先选%1").arg(root.secondTitle)
            visible: root.levels > 2
            Layout.fillWidth: true
            Layout.fillHeight: true
            onChosen: code => root.thirdChosen(code)
        }
    }
}
