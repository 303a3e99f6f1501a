// The reading sheet, made when it is first asked for. It then stays: an item that is drawn in Python must not go before
// the window it was in, or the window's own handle goes with it.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.viewmodels

Loader {
    id: root

    required property ReadViewModel read
    required property CameraViewModel camera
    property string mode: ""

    signal plateRead(string text)

    function show(mode: string): void {
        root.mode = mode;
        root.active = true;
        (root.item as ReaderSheet).open();
    }

    function shut(): void {
        if (root.item !== null)
            (root.item as ReaderSheet).close();
    }

    active: false
    visible: false

    sourceComponent: ReaderSheet {
        read: root.read
        camera: root.camera
        mode: root.mode
        onClosed: root.read.stop()
        onPlateRead: text => {
            close();
            root.plateRead(text);
        }
    }
}
