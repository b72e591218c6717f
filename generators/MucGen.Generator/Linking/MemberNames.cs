using System.Collections.Generic;

namespace MucGen.Generator.Linking;

/// <summary>The member names of one view and writer; a second use of a name is a problem.</summary>
internal sealed class MemberNames(string typeName, Declarations declarations, bool isSilent = false)
{
    private readonly HashSet<string> taken =
    [
        "Key", "Namespace", "ElementName", "Element", "IsPresent", "TryRead", "Check", "Fail", "Others", "Payload", "Start", "Write", "End", "Any",
        "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", typeName + "View", typeName + "Writer",
    ];

    public void Take(string name, Place place)
    {
        if (!taken.Add(name) && !isSilent)
            place.Report(declarations, Diagnostics.FieldNameClash, name, typeName);
    }
}
