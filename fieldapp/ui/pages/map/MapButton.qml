// A button that lies on the map: a glove finds it, and the ground does not shine through.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

FaIconButton {
    id: root

    kind: "secondary"
    large: true
    opacity: root.enabled ? 1 : 0.6
}
