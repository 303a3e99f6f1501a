// A page, or a large part of one, that is made when it is first looked at, and kept from then on.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Loader {
    id: root

    required property bool shown
    // Off: gone when it is left, with whatever was typed into it.
    property bool kept: true
    default property alias page: root.sourceComponent
    property bool wasShown: false

    onShownChanged: root.wasShown = root.kept && (root.wasShown || root.shown)
    Component.onCompleted: root.wasShown = root.kept && root.shown
    active: root.shown || root.wasShown
    Layout.fillWidth: true
    Layout.fillHeight: true
}
