// What runs short on this tablet, before it is gone.
import fieldapp.ui
import fieldapp.viewmodels

FaBanner {
    id: root

    required property ShortageViewModel shortage

    objectName: "shortage"
    radius: 0
    kind: root.shortage.kind
    iconName: root.shortage.iconName
    text: root.shortage.text
    visible: root.shortage.shown
    closable: root.shortage.closable
    onClosed: root.shortage.dismiss()
}
