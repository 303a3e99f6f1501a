// What stands beside the input: where to begin, what may be meant, a truck, or a company.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.viewmodels

Item {
    id: root

    required property LookupViewModel lookup
    property bool alone: false
    property bool visits: false

    signal visitAsked(string kind, string ref)

    StartPane {
        anchors.fill: parent
        lookup: root.lookup
        visible: root.lookup.stage === "start"
    }
    SuggestPane {
        anchors.fill: parent
        lookup: root.lookup
        visible: root.lookup.stage === "suggest"
    }
    TruckPane {
        anchors.fill: parent
        lookup: root.lookup
        truck: root.lookup.truck
        withPlate: root.alone
        visible: root.lookup.stage === "truck"
    }
    CompanyPane {
        anchors.fill: parent
        lookup: root.lookup
        company: root.lookup.company
        visits: root.visits
        onVisitAsked: root.visitAsked("company", root.lookup.company.companyId)
        visible: root.lookup.stage === "company"
    }
}
