// Opens photographs on the whole screen; the viewer is made when the first one is opened.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Loader {
    id: root

    property bool maskable: false

    signal maskAsked(int at)

    function show(sources: list<string>, at: int, title: string): void {
        root.active = true;
        const viewer = root.item as FaPhotoViewer;
        viewer.title = title;
        viewer.show(sources, at);
    }

    active: false
    visible: false // the viewer stands over the window; in a layout this takes no room
    sourceComponent: FaPhotoViewer {
        name: root.objectName
        maskable: root.maskable
        onMaskAsked: at => root.maskAsked(at)
    }
}
