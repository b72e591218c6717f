using System.Collections.Generic;
using System.Globalization;

namespace MucGen.Generator.Linking;

/// <summary>
/// The member names of one view and writer. A name that an overlay gives must be free; one that follows from the wire gives way, first by saying what it names, then by a
/// number.
/// </summary>
internal sealed class MemberNames(string typeName, Declarations declarations)
{
    private readonly HashSet<string> taken =
    [
        "Key", "Namespace", "ElementName", "Element", "IsPresent", "TryRead", "Check", "Fail", "Others", "Payload", "Start", "StartRest", "Write", "WriteRest", "End", "Any", "Expect",
        "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize", typeName + "View", typeName + "Writer",
    ];

    private readonly HashSet<string> methods = ["Start", "StartRest", "End", "Any", "Expect", "Equals", "GetHashCode", "GetType", "ToString", typeName + "Writer"];

    /// <summary>Takes a name that emitted code needs itself.</summary>
    public void Reserve(string name)
    {
        taken.Add(name);
        methods.Add(name);
    }

    /// <summary>Takes a name for a member.</summary>
    /// <param name="name">The name that it should have.</param>
    /// <param name="place">What it stands for.</param>
    /// <param name="isGiven">The overlay gives the name.</param>
    /// <param name="kind">What is added to a name that is taken: <c>Attribute</c> or <c>Element</c>.</param>
    public string Take(string name, Place place, bool isGiven, string kind)
    {
        if (taken.Add(name))
            return name;
        if (isGiven)
        {
            place.Report(declarations, Diagnostics.FieldNameClash, name, typeName);
            return name;
        }
        return Free(name + kind, taken);
    }

    /// <summary>Takes a name for the method that writes a child.</summary>
    public string TakeMethod(string name) => methods.Add(name) ? name : Free(name + "Element", methods);

    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
            free = name + number.ToString(CultureInfo.InvariantCulture);
        return free;
    }
}
