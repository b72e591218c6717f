namespace MucGen.Generator.Reading.Repairs;

/// <summary>
/// A mistake that published schemas make, and the only sensible reading of it. Each is a row of the page `generators/MucGen.Generator/repairs.md`; where one is used, MG1021 says so.
/// </summary>
internal sealed class RepairRule
{
    public static readonly RepairRule ElementForm = new("R01", "elements and attributes are read as XMPP has them, elements in the namespace of the schema and attributes in none");
    public static readonly RepairRule Annotations = new("R02", "xs:annotations is read as xs:annotation");
    public static readonly RepairRule MisspeltOccurs = new("R03", "a misspelt minOccurs or maxOccurs is read as what it is meant to be");
    public static readonly RepairRule UseOfElement = new("R04", "use='optional' on an element is read as minOccurs='0'; use='required' says nothing new");
    public static readonly RepairRule RequiredAttribute = new("R05", "required='true' on an attribute is read as use='required'");
    public static readonly RepairRule NamespaceOfElement = new("R06", "an element with a namespace of its own is read as a reference into that namespace");
    public static readonly RepairRule AbstractType = new("R07", "a type that is called abstract though elements have it is read without that");
    public static readonly RepairRule BuiltInName = new("R08", "a misspelt name of a built-in type is read as the only one that it differs from by case, one letter or a doubled prefix; CDATA is xs:string");
    public static readonly RepairRule MissingPrefix = new("R09", "a name without prefix that only XML Schema has, or only this schema, is read as that; and so is the prefix xs or xsd that is bound to nothing");
    public static readonly RepairRule Empty = new("R10", "the type 'empty', where it is not declared, is the string without characters that other schemas declare by that name");
    public static readonly RepairRule LooseParticles = new("R11", "elements directly in a type, or in an element, are read as a sequence in the type of the element");
    public static readonly RepairRule AttributesFirst = new("R12", "attributes before the content of a type are read as standing behind it");
    public static readonly RepairRule LooseAttributes = new("R13", "attributes directly in an element are read as those of its type");
    public static readonly RepairRule TypeAndAttributes = new("R14", "a type beside a complex type of attributes only is read as what the attributes are added to");
    public static readonly RepairRule SimpleContent = new("R15", "simple content without an extension is read as a string with attributes; with elements in it, as complex content");
    public static readonly RepairRule LooseEnumeration = new("R16", "facets directly in a simple type with a base, and a restriction directly in an attribute, are read as what they are in elsewhere");
    public static readonly RepairRule LooseExtension = new("R17", "an extension directly in a type is read as that of its content");
    public static readonly RepairRule XmlName = new("R18", "an attribute named 'xml:lang' is read as a reference to that of XML; one named 'xmlns' is none");
    public static readonly RepairRule Anchors = new("R19", "'^' before a pattern and '$' behind it are read as anchors, which patterns need not have");

    public static readonly RepairRule TypeAndRestriction = new("R20", "a type beside a simple type that restricts it is read as its base only");
    public static readonly RepairRule LocalReference = new("R21", "a reference to an element that its schema declares only inside another is read as that declaration");
    public static readonly RepairRule EmptyDefault = new("R22", "an empty default of a type that has no empty value is read as no default");
    public static readonly RepairRule TypeOfElement = new("R23", "an element whose type is declared nowhere, but begins with its name, is read as a reference to the element of that name in the namespace of the type");
    public static readonly RepairRule TypeBehindAttribute = new("R24", "a simple type behind an attribute that has no type, or is only called a string, is read as the type of that attribute");

    private RepairRule(string id, string reading)
    {
        Id = id;
        Reading = reading;
    }

    public string Id { get; }

    /// <summary>How the mistake is read.</summary>
    public string Reading { get; }
}
