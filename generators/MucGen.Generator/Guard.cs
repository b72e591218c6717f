using System;
using MucGen.Generator.Model;

namespace MucGen.Generator;

/// <summary>
/// Runs a stage of a pipeline so that a fault of ours is reported as MG9999, with what brought it about; as an exception it would disable the whole generator, and
/// the compiler would say of it no more than its message.
/// </summary>
internal static class Guard
{
    /// <summary>Runs one stage.</summary>
    /// <param name="subject">What the stage works on, for the message.</param>
    /// <param name="place">Where that is; null when it is no single place.</param>
    /// <param name="stage">The work.</param>
    /// <param name="failed">What the stage yields instead when it throws.</param>
    public static T Run<T>(string subject, LocationInfo? place, Func<T> stage, Func<DiagnosticInfo, T> failed)
    {
        try
        {
            return stage();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return failed(DiagnosticInfo.Of(Diagnostics.Internal, place, subject, e.Message));
        }
    }

    /// <summary>The place of a whole file.</summary>
    public static LocationInfo Start(string path) => new(path, default, default);
}
