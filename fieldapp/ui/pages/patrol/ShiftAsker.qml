// Brings the check at the start of a shift up when it is wanted.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.viewmodels

Loader {
    id: root

    required property ShiftCheckViewModel check

    active: false
    sourceComponent: ShiftSheet {
        check: root.check
    }

    Connections {
        target: root.check

        function onWanted(): void {
            root.active = true;
            (root.item as ShiftSheet).open();
        }
    }
}
