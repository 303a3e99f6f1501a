// The three signatures, or why the party gives none. A word changed afterwards takes them away.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property VisitViewModel visit

    signal signAsked(string signer)

    title: qsTr("签名")
    subtitle: qsTr("签名后再改动内容，签名会作废，须重签")
    iconName: "signature"
    Layout.fillWidth: true

    GridLayout {
        columns: root.width < 640 * Theme.textScale ? 1 : 3
        columnSpacing: Theme.spaceM
        rowSpacing: Theme.spaceM
        uniformCellWidths: true
        Layout.fillWidth: true

        SignatureBox {
            signer: "officer"
            label: qsTr("检查人")
            picture: root.visit.officerSigned
            onSignAsked: root.signAsked("officer")
        }
        SignatureBox {
            signer: "second"
            label: qsTr("第二名检查人")
            picture: root.visit.secondSigned
            onSignAsked: root.signAsked("second")
        }
        SignatureBox {
            signer: "party"
            label: qsTr("当事人")
            picture: root.visit.partySigned
            onSignAsked: root.signAsked("party")
        }
    }
    VisitField {
        visit: root.visit
        name: "refusal"
        label: qsTr("当事人拒签原因")
        visible: root.visit.partySigned === ""
    }
}
