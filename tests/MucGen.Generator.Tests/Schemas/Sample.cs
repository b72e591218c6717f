namespace MucGen.Generator.Tests.Schemas;

/// <summary>Small definitions for one test each.</summary>
internal static class Sample
{
    /// <summary>A schema around some declarations; the first of them is on line 5.</summary>
    public static Definition Schema(string declarations, string attributes = "", string path = "/schemas/xep-9999/probe.xsd") => new(path, $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:mg="urn:mucgen:schema"
                   targetNamespace="urn:example:probe" xmlns="urn:example:probe" elementFormDefault="qualified"
                   mg:xep="9999" mg:version="0.1" mg:prefix="Probe" {attributes}>

        {declarations}
        </xs:schema>
        """);

    /// <summary>A second schema, of another namespace.</summary>
    public static Definition Other(string declarations) => new("/schemas/xep-9998/other.xsd", $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:mg="urn:mucgen:schema"
                   targetNamespace="urn:example:other" xmlns="urn:example:other" elementFormDefault="qualified"
                   mg:xep="9998" mg:prefix="Other">

        {declarations}
        </xs:schema>
        """);

    /// <summary>A form around some fields; the first of them is on line 4.</summary>
    public static Definition Form(string fields, string attributes = "mg:name=\"ProbeForm\"", string path = "/schemas/xep-9999/probe.form.xml") => new(path, $"""
        <form_type xmlns:mg="urn:mucgen:schema" mg:xep="9999" {attributes}>
          <name>urn:example:form</name>
          <desc>A form to try.</desc>
        {fields}
        </form_type>
        """);
}
